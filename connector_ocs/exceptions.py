# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Errors of the OCS database, by their effect on the job.

Besides these, :class:`odoo.addons.connector.exception.NetworkRetryableError`
postpones the job, and
:class:`odoo.addons.connector.exception.IDMissingInBackend` is raised for a
computer that was removed from OCS.
"""

from odoo.addons.queue_job.exception import FailedJobError


class OcsConfigurationError(FailedJobError):
    """Error of the connection, a privilege or the database that a user has to fix.

    Its message says what to do.

    :param code: int, error number of MySQL, 0 if the error has another source
    """

    def __init__(self, message, code=0):
        super().__init__(message)
        self.code = code
