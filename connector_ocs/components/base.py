# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsBase(AbstractComponent):
    """Ancestor of every component that works on an ``ocs.backend``."""

    _name = "ocs.base"
    _inherit = "base.connector"
    _collection = "ocs.backend"
