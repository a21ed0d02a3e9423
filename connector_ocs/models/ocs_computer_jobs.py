# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models
from odoo.exceptions import MissingError

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job, identity_exact

from .ocs_import_run import IMPORTS

#: The job that looks for changes goes before the jobs it delays.
BATCH_PRIORITY = 5
#: An OCS server that is away for an hour loses no job.
MAX_RETRIES = 10
#: The job that closes a run comes after those it waits for.
CLOSE_PRIORITY = 15
#: Seconds between two looks whether they are done.
CLOSE_RETRY = 1
#: The same, while what is left waits for its next try.
CLOSE_RETRY_LATER = 10


# one class for what is linked, one for what is done with it
# pylint: disable=consider-merging-classes-inherited
class OcsComputerBinding(models.Model):
    """The jobs of an import: the look for changes, each computer, the end of a run."""

    _inherit = "ocs.computer.binding"

    @api.private
    @api.model
    def import_batch(self, run, **position):
        """Job: delay an import for each computer that needs one.

        :param run: ocs.import.run
        :param position: what the batch importer goes on after; nothing at the start
        """
        if run.exists().state != "scanning":
            return self.env._("This run is over.")
        backend = run.backend_id._for_import()
        run = run.with_env(backend.env)
        if not position:
            backend._prepare_run(run)
        with backend.work_on(self._name, run=run) as work:
            importer = work.component(usage="batch.importer")
            return importer.run(**position)

    @api.private
    @api.model
    def close_run(self, run):
        """Job: wait until a run's computers are imported, then close it.

        :param run: ocs.import.run
        :raises RetryableJobError: jobs of the run have something left to do
        """
        if run.exists().state != "importing":
            return
        run = run.with_env(run.backend_id._for_import().env)
        if run.left_count:
            at_work = run._is_going_on(IMPORTS)
            raise RetryableJobError(
                self.env._("%s computers are left.", run.left_count),
                seconds=CLOSE_RETRY if at_work else CLOSE_RETRY_LATER,
                ignore_retry=True,
            )
        run.backend_id._acknowledge()
        run._close()

    @api.private
    @api.model
    def import_record(self, backend, external_id, force=False):
        """Job: create or update the asset of one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value even if OCS did not change
        """
        try:
            backend = backend._for_import()
        except MissingError:
            return backend._describe_deleted()
        job = self.env.context.get("job_uuid")
        if job:  # an importer may begin anew, and not when a person waits
            backend = backend.with_context(job_uuid=job)
        with backend.work_on(self._name) as work:
            importer = work.component(usage="record.importer")
            return importer.run(external_id, force=force)

    @api.model
    def _delayable(self, backend, description, run=None, **options):
        """What delays a job of a backend, unless the same one waits already.

        :param run: ocs.import.run that it belongs to, or None
        :param options: as for ``with_delay``
        """
        return self.with_context(ocs_run_id=run and run.id).with_delay(
            max_retries=MAX_RETRIES,
            channel=backend._job_channel(),
            description=description,
            identity_key=identity_exact,
            **options,
        )

    @api.model
    def _enqueue_batch(self, run, **position):
        description = self.env._(
            "Look for changed computers in %s", run.backend_id.name
        )
        delayable = self._delayable(
            run.backend_id, description, run, priority=BATCH_PRIORITY
        )
        delayable.import_batch(run, **position)

    @api.model
    def _enqueue_close_run(self, run):
        description = self.env._(
            "Wait for the computers of %(backend)s to be imported",
            backend=run.backend_id.name,
        )
        delayable = self._delayable(
            run.backend_id, description, run, priority=CLOSE_PRIORITY
        )
        delayable.close_run(run)

    @api.model
    def _enqueue_import(self, backend, external_id, name="", force=False, run=None):
        """Delay the import of one computer.

        :param external_id: int, hardware.ID
        :param run: ocs.import.run that it belongs to, or None
        :return: whether it is a new job, and not one that waits already
        """
        description = self.env._(
            "Import the computer %(name)s (id %(id)s) of %(backend)s",
            name=name or self.env._("without name"),
            id=external_id,
            backend=backend.name,
        )
        delayable = self._delayable(backend, description, run)
        job = delayable.import_record(backend, external_id, force=force)
        return isinstance(job, Job)  # the record of the waiting one otherwise

    @api.model
    def _job_store_values(self, job):
        run_id = job.recordset.env.context.get("ocs_run_id")
        return {"ocs_run_id": run_id} if run_id else {}
