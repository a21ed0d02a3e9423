# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job, identity_exact

from ..lib.prefetched import Prefetched
from ..lib.runs import (
    BATCH_PRIORITY,
    CLOSE_PRIORITY,
    IMPORTS,
    MAX_RETRIES,
    RUNNING,
    STOP_PRIORITY,
)


class OcsComputerJobs(models.AbstractModel):
    """Jobs that scan OCS, import computers and close a run."""

    _name = "ocs.computer.jobs"
    _description = "Jobs of OCS Computers (abstract)"

    @api.private
    @api.model
    def import_batch(self, run, **position):
        """Job: scan OCS and enqueue an import of each computer that needs one.

        :param run: ocs.import.run
        :param position: where the batch importer continues; empty at the start
        """
        if run.exists().state != "scanning":
            return self.env._("This run has already finished.")
        if not run.backend_id.sudo().active:
            return run._close_archived()
        backend = run.backend_id._for_import()
        run = run.with_env(backend.env)
        if not position:
            backend._prepare_run(run)
        with self._retry_collisions(), backend.work_on(self._name, run=run) as work:
            importer = work.component(usage="batch.importer")
            return importer.run(**position)

    @api.private
    @api.model
    def close_run(self, run):
        """Job: wait until a run's computers are imported, then close it.

        :param run: ocs.import.run
        :raises RetryableJobError: jobs of the run are not finished
        """
        if run.exists().state != "importing":
            return None
        if not run.backend_id.sudo().active:
            return run._close_archived()
        run = run.with_env(run.backend_id._for_import().env)
        if run.left_count:
            raise RetryableJobError(
                self.env._("%s computers remain to be imported.", run.left_count),
                seconds=run._seconds_to_next_job(IMPORTS),
                ignore_retry=True,
            )
        with self._retry_collisions():
            run.backend_id._before_close(run)
            run._close()
        return None

    @api.private
    @api.model
    def import_record(self, backend, external_id, force=False):
        """Job: create or update the asset of one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value even if OCS did not change
        """
        try:
            if not backend.sudo().active:
                return backend._describe_archived()
            backend = backend._for_import()
        except MissingError:
            return backend._describe_deleted()
        job = self.env.context.get("job_uuid")
        if job:  # an importer may retry the job, but not while a user waits
            backend = backend.with_context(job_uuid=job)
        with self._retry_collisions(), backend.work_on(self._name) as work:
            importer = work.component(usage="record.importer")
            return importer.run(external_id, force=force)

    @api.model
    def _delayable(self, backend, description, run=None, **options):
        """Return the proxy that enqueues a job of a backend, unless it is queued.

        :param run: ocs.import.run that it belongs to, or None
        :param options: as for ``with_delay``
        """
        # managers of the job queue have access to the jobs of their companies
        model = self.with_company(backend.company_id)
        return model.with_context(ocs_run_id=run and run.id).with_delay(
            max_retries=MAX_RETRIES,
            channel=backend._job_channel(),
            description=description,
            identity_key=identity_exact,
            **options,
        )

    @api.model
    def _enqueue_batch(self, run, **position):
        description = self.env._("Scan %s for changed computers", run.backend_id.name)
        delayable = self._delayable(
            run.backend_id, description, run, priority=BATCH_PRIORITY
        )
        delayable.import_batch(run, **position)

    @api.model
    def _enqueue_close_run(self, run):
        description = self.env._(
            "Wait until the computers of %(backend)s are imported",
            backend=run.backend_id.name,
        )
        delayable = self._delayable(
            run.backend_id, description, run, priority=CLOSE_PRIORITY
        )
        delayable.close_run(run)

    @api.model
    def _enqueue_import(self, backend, external_id, name="", force=False, run=None):
        """Enqueue the import of one computer.

        :param external_id: int, hardware.ID
        :param run: ocs.import.run that it belongs to, or None
        :return: bool, False if the same job is already queued
        """
        description = self.env._(
            "Import computer %(name)s (ID %(id)s) of %(backend)s",
            name=name or self.env._("without a name"),
            id=external_id,
            backend=backend.name,
        )
        delayable = self._delayable(backend, description, run)
        job = delayable.import_record(backend, external_id, force=force)
        return isinstance(job, Job)  # otherwise it is the record of the queued job

    @api.private
    @api.model
    def import_chunk(self, backend, external_ids, force=False):
        """Job: create or update the assets of a chunk of computers.

        Do what ``import_record`` does for each of them. If one fails, each computer
        gets a job of its own.

        :param external_ids: ascending list of int (hardware.ID)
        :param force: compare every value even if OCS did not change
        :return: sentence for the job's result
        """
        if not backend._lock_for_job():
            return backend._describe_deleted()
        if not backend.sudo().active:
            return backend._describe_archived()
        # the chunk importer looks up the run that it works for
        backend = backend._for_import().with_context(
            job_uuid=self.env.context.get("job_uuid")
        )
        work_on = backend.work_on(self._name, prefetched=Prefetched())
        with self._retry_collisions(), work_on as work:
            importer = work.component(usage="chunk.importer")
            return importer.run(external_ids, force=force)

    @api.model
    def _current_run(self):
        """Return the run that the current job belongs to.

        When a chunk is split into jobs for its computers, these belong to the same run,
        so that the run waits for them and counts each computer once.

        :return: ocs.import.run, None outside of a job and for a job without a run
        """
        uuid = self.env.context.get("job_uuid")
        # sudo: the user that the job runs as may have no access to jobs
        jobs = self.env["queue.job"].sudo()
        run = jobs.search([("uuid", "=", uuid)], limit=1).ocs_run_id if uuid else None
        return run and run.with_env(self.env) or None

    @api.model
    def _enqueue_chunk(self, backend, external_ids, force=False, run=None):
        """Enqueue the import of a chunk of computers.

        :param external_ids: ascending list of int (hardware.ID)
        :param run: ocs.import.run that they belong to, or None
        :return: bool, False if the same job is already queued
        """
        description = self.env._(
            "Import %(number)s computers of %(backend)s (IDs %(first)s to %(last)s)",
            number=len(external_ids),
            backend=backend.name,
            first=external_ids[0],
            last=external_ids[-1],
        )
        delayable = self._delayable(backend, description, run)
        job = delayable.import_chunk(backend, external_ids, force=force)
        return isinstance(job, Job)  # otherwise it is the record of the queued job

    @api.model
    def _job_store_values(self, job):
        run_id = job.recordset.env.context.get("ocs_run_id")
        values = {"ocs_run_id": run_id} if run_id else {}
        if job.method_name in IMPORTS:
            is_chunk = job.method_name == "import_chunk"
            values["ocs_computer_count"] = len(job.args[1]) if is_chunk else 1
        return values

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

    @api.private
    @api.model
    def stop_run(self, run, user):
        """Job: stop a run on behalf of a user.

        :param run: ocs.import.run
        :param user: res.users who stopped it
        """
        if run.exists().state in RUNNING:
            run._stop(user)

    @api.model
    def _enqueue_stop(self, run):
        description = self.env._("Stop the import from %s", run.backend_id.name)
        # as in _delayable
        self.with_company(run.backend_id.company_id).with_delay(
            priority=STOP_PRIORITY,
            max_retries=MAX_RETRIES,
            description=description,
            identity_key=identity_exact,
        ).stop_run(run, self.env.user)
