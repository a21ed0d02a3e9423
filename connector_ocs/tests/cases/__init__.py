# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Situations in which it is not obvious which machine is which.

The ``.sql`` files fill an empty OCS 2.12.4 database (schema 7081). A line that starts
with ``-- ==> Odoo`` stands for an import. The other cases are tables in Python.
"""

from .. import histories
