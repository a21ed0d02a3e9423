# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

from .ocs_import_run import OPEN


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend with its runs, one at a time."""

    _inherit = "ocs.backend"

    def _start_manually(self, force):
        self.ensure_one()
        self.check_access("write")
        self._check_active()
        running = self._open_run()
        if running and running._has_due_jobs():
            self._run_pending_now()
            return self._notify_already_running(running)
        with self._as_user_error():
            self._detect()
        is_started = self._start_run("button", force=force)
        self._run_pending_now()
        if not is_started:
            return self._notify_already_running(self._open_run())
        return self._notify_started()

    def _start_run(self, origin, force=False):
        """Start a run, unless one is already running.

        :param origin: key of ocs.import.run.origin
        :param force: import unchanged computers, too
        :return: bool, False if a run is already running
        """
        if not self.active:
            return False
        # of two simultaneous clicks, the second one finds the lock of the first one
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        running = self._open_run()
        started_by = {
            "origin": origin,
            "user_id": self.env.uid if origin == "button" else False,
        }
        if running.state == "waiting":
            running._scan_again(force=force or running.force, **started_by)
            return True
        if running and running._has_due_jobs():
            return False
        if self._has_started_elsewhere(running):
            return False
        running._close_interrupted()
        run = self.env["ocs.import.run"].create(
            {"backend_id": self.id, "force": force, **started_by}
        )
        self.env["ocs.computer.binding"]._enqueue_batch(run)
        return True

    def _open_run(self):
        """Return the open run of this backend; there is at most one."""
        return self.env["ocs.import.run"].search(
            [("backend_id", "=", self.id), ("state", "in", OPEN)]
        )

    def _has_started_elsewhere(self, known):
        """Return whether a run started that this transaction cannot see.

        It started after this transaction, before the lock on the backend was released.

        :param known: open run that this transaction sees, empty if there is none
        """
        with self.env.registry.cursor() as cr:
            found = self.with_env(self.env(cr=cr))._open_run()
            return bool(set(found.ids) - set(known.ids))

    def _prepare_run(self, run):
        """Check the connection, and choose how the run detects changes.

        :raises OcsConfigurationError: OCS cannot be read
        """
        self._detect()
        run._reset_counters()
        run.warnings = self.section_report
        run.detection = self._choose_detection(run)

    # Hooks

    def _choose_detection(self, run):
        """Return how a run detects changes: a key of ``ocs.import.run.detection``.

        :param run: ocs.import.run; may get a warning
        """
        return "fingerprint"

    def _force_comparison(self):
        """Make the next run compare all computers, whatever else it could rely on."""

    def _before_close(self, run):
        """Hook that is called when all computers of a run are imported.

        :param run: ocs.import.run, whose transaction has written nothing yet
        :raises NetworkRetryableError: OCS cannot be reached; the run is closed later
        """

    def _request_approval(self, run):
        """Create an activity for a run that waits for approval, or update it.

        :param run: ocs.import.run that waits
        """
        opened = self.activity_ids.filtered("automated")
        if opened:
            outdated = opened.filtered(lambda each: run.message not in each.note)
            outdated.note = run.message
        else:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("OCS: Approval needed for a run"),
                note=run.message,
                user_id=(self.user_id or self.env.user).id,
            )
