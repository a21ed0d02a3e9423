# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import identity_exact

from ..lib.runs import MAX_RETRIES


class OcsJobMixin(models.AbstractModel):
    """Base of models with methods that run as jobs of a backend."""

    _name = "ocs.job.mixin"
    _description = "Jobs of an OCS Backend (abstract)"

    def _delayable(self, backend, description, run=None, **options):
        """Return the proxy that enqueues a job of a backend, unless it is queued.

        :param run: ocs.import.run that it belongs to, or None
        :param options: as for ``with_delay``
        """
        # managers of the job queue have access to the jobs of their companies
        records = self.with_company(backend.company_id)
        return records.with_context(ocs_run_id=run and run.id).with_delay(
            max_retries=MAX_RETRIES,
            channel=backend._job_channel(),
            description=description,
            identity_key=identity_exact,
            **options,
        )

    @api.model
    def _job_store_values(self, job):
        # only the new job has the context
        run_id = job.recordset.env.context.get("ocs_run_id")
        return {"ocs_run_id": run_id} if run_id else {}

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
