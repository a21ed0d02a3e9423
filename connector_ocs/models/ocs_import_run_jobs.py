# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import SUPERUSER_ID, api, models

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import PENDING

from ..lib.runs import (
    CLOSE_PRIORITY,
    RUNNING,
    SCAN_PRIORITY,
    STOP_PRIORITY,
)

#: Seconds until the job that closes a run looks again whether computers remain. The
#: last import starts it at once.
CLOSE_RETRY = 60


class OcsImportRunJobs(models.AbstractModel):
    """Jobs that scan OCS, and close or stop a run."""

    _name = "ocs.import.run.jobs"
    _inherit = "ocs.job.mixin"
    _description = "Jobs of an OCS Import Run (abstract)"

    @api.private
    def scan(self, **position):
        """Job: scan OCS and enqueue an import of each computer that needs one.

        :param position: where the batch importer continues; empty at the start
        """
        if self.exists().state != "scanning":
            return self.env._("This run has already finished.")
        if not self.backend_id.sudo().active:
            return self._close_archived()
        backend = self.backend_id._for_import()
        run = self.with_env(backend.env)
        if not position:
            backend._prepare_run(run)
        work_on = backend.work_on("ocs.computer.binding", run=run)
        with self._retry_collisions(), work_on as work:
            importer = work.component(usage="batch.importer")
            return importer.run(**position)

    @api.private
    def close(self):
        """Job: close the run when its computers are imported.

        :raises RetryableJobError: jobs of the run are not finished
        """
        if self.exists().state != "importing":
            return None
        if not self.backend_id.sudo().active:
            return self._close_archived()
        run = self.with_env(self.backend_id._for_import().env)
        if run._count_unfinished(limit=1):
            raise RetryableJobError(
                self.env._("%s computers remain to be imported.", run.left_count),
                seconds=CLOSE_RETRY,
                ignore_retry=True,
            )
        with self._retry_collisions():
            run.backend_id._before_close(run)
            run._close()
        return None

    def _close_after_commit(self, has_progress=False):
        """Close these runs after this transaction, unless computers remain.

        Only then, of two imports that finish at the same time, one sees that both did.

        :param has_progress: bool, whether open forms are to show the progress
        """
        ids, registry = self.ids, self.env.registry
        if not ids:
            return

        def close():
            with registry.cursor() as cr:
                runs = api.Environment(cr, SUPERUSER_ID, {})[self._name]
                found = runs.browse(ids).exists()
                found._start_closing()
                if has_progress:
                    found._tell()

        self.env.cr.postcommit.add(close)

    def _start_closing(self):
        """Start the jobs that close these runs now, unless computers remain.

        Such a job waits for this, and looks from time to time in case a worker is
        killed before.
        """
        for run in self:
            if run.state == "importing" and not run._count_unfinished(limit=1):
                waiting = run._jobs([PENDING], ("method_name", "=", "close"))
                waiting.filtered("eta").eta = False

    @api.private
    def stop(self, user):
        """Job: stop the run on behalf of a user.

        :param user: res.users who stopped it
        """
        if self.exists().state in RUNNING:
            self._stop(user)

    def _enqueue_scan(self, **position):
        """Enqueue the job that scans OCS.

        :param position: as for ``scan``
        """
        description = self.env._("Scan %s for changed computers", self.backend_id.name)
        self._delayable_of_run(description, SCAN_PRIORITY).scan(**position)

    def _enqueue_close(self):
        description = self.env._(
            "Wait until the computers of %(backend)s are imported",
            backend=self.backend_id.name,
        )
        self._delayable_of_run(description, CLOSE_PRIORITY).close()

    def _enqueue_stop(self):
        description = self.env._("Stop the import from %s", self.backend_id.name)
        self._delayable_of_run(description, STOP_PRIORITY).stop(self.env.user)

    def _delayable_of_run(self, description, priority):
        return self._delayable(self.backend_id, description, priority=priority)
