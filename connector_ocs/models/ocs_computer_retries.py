# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import models
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.queue_job.exception import RetryableJobError


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsComputerBinding(models.Model):
    """Retries of jobs that collide with each other."""

    _inherit = "ocs.computer.binding"

    @contextmanager
    def _retry_collisions(self):
        """Retry the current job within seconds if it collides with another one.

        Both have written the same record, and the next attempt sees what the other one
        wrote. A job to which OCS does not respond follows the retry pattern of its job
        function instead. Outside of a job, exceptions stay as they are.
        """
        uuid = self.env.context.get("job_uuid")
        if not uuid:
            yield
            return
        try:
            with self.env.cr.savepoint():
                yield
        except (OperationalError, RetryableJobError) as error:
            if not self._is_collision(error):
                raise
            # sudo: the user that the job runs as may have no access to jobs
            job = self.env["queue.job"].sudo().search([("uuid", "=", uuid)], limit=1)
            # at random, as the other job may be retried as well
            seconds = (1 + job.retry, 2 + job.retry)
            ignore_retry = getattr(error, "ignore_retry", False)
            raise RetryableJobError(str(error), seconds, ignore_retry) from error

    def _is_collision(self, error):
        if isinstance(error, OperationalError):
            return error.pgcode in PG_CONCURRENCY_ERRORS_TO_RETRY
        return not (error.seconds or isinstance(error, NetworkRetryableError))
