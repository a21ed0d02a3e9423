# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Errors of the OCS database, by what becomes of the job.

Besides these, :class:`odoo.addons.connector.exception.NetworkRetryableError`
postpones the job and
:class:`odoo.addons.connector.exception.IDMissingInBackend` says that a
computer is gone.
"""

from odoo.addons.queue_job.exception import FailedJobError


class OcsConfigurationError(FailedJobError):
    """A person has to mend the connection, a right or the database.

    Its message names the remedy.
    """
