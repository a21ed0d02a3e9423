# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.tools import mute_logger

from .ocs_import_run import OPEN


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """The runs of a backend, one at a time."""

    _inherit = "ocs.backend"

    def _start_by_hand(self, force):
        self.ensure_one()
        self.check_access("write")
        running = self._open_run()
        if running and running._has_due_jobs():
            self._run_pending_now()
            return self._notify_going_on(running)
        with self._as_user_error():
            self._detect()
        is_started = self._start_run("button", force=force)
        self._run_pending_now()
        if not is_started:
            return self._notify_going_on(self._open_run())
        return self._notify_started()

    def _start_run(self, origin, force=False):
        """Look for changes, unless that is going on.

        :param origin: key of ocs.import.run.origin
        :param force: import unchanged computers too
        :return: bool, False when one is going on
        """
        # two clicks at once: the second sees that the first one works on it
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
        running._close_interrupted()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                run = self.env["ocs.import.run"].create(
                    {"backend_id": self.id, "force": force, **started_by}
                )
        except UniqueViolation:  # another one began after this transaction did
            return False
        self.env["ocs.computer.binding"]._enqueue_batch(run)
        return True

    def _open_run(self):
        """The run of this backend that is not closed; there is one at most."""
        return self.env["ocs.import.run"].search(
            [("backend_id", "=", self.id), ("state", "in", OPEN)]
        )

    def _prepare_run(self, run):
        """Odoo can look for changes: choose how.

        :raises OcsConfigurationError: OCS cannot be read
        """
        self._detect()
        run._reset_counters()
        run.warnings = self.section_report
        run.detection = self._choose_detection(run)

    def _ask_responsible(self, run):
        """Let a person know that a run waits for a decision, once.

        :param run: ocs.import.run that waits
        """
        asked = self.activity_ids.filtered("automated")
        if asked:
            asked.filtered(lambda each: run.message not in each.note).note = run.message
        else:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("OCS: may so many assets be archived?"),
                note=run.message,
                user_id=(self.user_id or self.env.user).id,
            )
