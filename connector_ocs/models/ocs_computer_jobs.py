# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models
from odoo.exceptions import MissingError

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job, identity_exact

from .ocs_import_run import IMPORTS

#: The job that scans OCS runs before the imports that it enqueues.
BATCH_PRIORITY = 5
#: No job fails because an OCS server is down for an hour.
MAX_RETRIES = 10
#: The job that closes a run comes after the jobs that it waits for.
CLOSE_PRIORITY = 15


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsComputerBinding(models.Model):
    """Jobs that scan OCS, import a computer and close a run."""

    _inherit = "ocs.computer.binding"

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

    @api.model
    def _job_store_values(self, job):
        run_id = job.recordset.env.context.get("ocs_run_id")
        return {"ocs_run_id": run_id} if run_id else {}
