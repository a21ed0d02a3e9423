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

    :param code: int, number of the error in MySQL, 0 when it comes from elsewhere
    """

    def __init__(self, message, code=0):
        super().__init__(message)
        self.code = code
