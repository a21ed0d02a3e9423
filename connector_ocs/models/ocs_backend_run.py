# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.mail import html_to_inner_content, plaintext2html

from ..lib.runs import MOVABLE, OPEN

#: Maximum number of computers in a chunk: all of them are locked during its import,
#: and PostgreSQL has room for a few thousand locks.
MAX_CHUNK_SIZE = 1000
#: Maximum number of computers that a scan collects before it enqueues their imports,
#: so that the first chunks are imported while it continues.
MAX_CHUNK_THRESHOLD = 5000
#: Type of the activity that asks to approve a run.
APPROVAL = "mail.mail_activity_data_todo"


class OcsBackendRun(models.AbstractModel):
    """Runs of a backend, one at a time, and the channel and size of their jobs."""

    _name = "ocs.backend.run"
    _description = "Runs of an OCS Backend (abstract)"

    channel_id = fields.Many2one(
        "queue.job.channel",
        string="Job Channel",
        domain=[("parent_id", "!=", False)],
        ondelete="set null",
        help="Channel of the backend's jobs, so that a slow OCS server does not delay "
        "other backends. If empty, the jobs share the channel root.ocs.",
    )
    chunk_size = fields.Integer(
        default=200,
        required=True,
        help="Number of computers that one job imports together. If it fails, each of "
        "them is imported by its own job.",
    )
    chunk_threshold = fields.Integer(
        string="Import in Chunks From",
        default=500,
        required=True,
        help="Number of computers from which a scan imports them in chunks, with one "
        "job for each chunk. With 0, each computer always has its own job.",
    )

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
        run._enqueue_scan()
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
        self._unfold_categories()

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
        :return: bool, False if the same question was already asked
        """
        opened, question = (
            self.activity_search([APPROVAL]),
            plaintext2html(run.message or ""),
        )
        if opened:
            asked = html_to_inner_content(question)
            outdated = opened.filtered(
                lambda each: html_to_inner_content(each.note) != asked
            )
            outdated.note = question
            return bool(outdated)
        self.activity_schedule(
            APPROVAL,
            summary=self.env._("OCS: Approval needed for a run"),
            note=question,
            user_id=self._person_in_charge().id,
        )
        return True

    def _person_in_charge(self):
        """Return the user who gets the activities of this backend."""
        return self.user_id.filtered("active") or self.env.user

    def write(self, vals):
        result = super().write(vals)
        if "channel_id" in vals:
            for backend in self:
                backend._move_waiting_jobs()
        return result

    def _job_channel(self):
        """Return the channel to pass to ``with_delay``.

        :return: name, or None for the channel of the job function
        """
        return self.channel_id.complete_name or None

    def _move_waiting_jobs(self):
        """Move waiting jobs to the current channel.

        Otherwise they would keep theirs, and there may be one for each computer.
        """
        for function, jobs in self._waiting_jobs().grouped("job_function_id").items():
            jobs.write({"channel": self._job_channel() or function.channel})

    def _waiting_jobs(self):
        # sudo: managers of OCS are not managers of the job queue
        jobs = self.env["queue.job"].sudo()
        return jobs.search([("ocs_backend_id", "=", self.id), ("state", "in", MOVABLE)])

    def _lock_for_job(self):
        """Lock the backend against deletion until the job ends.

        A user who deletes it waits, and then learns that assets were imported from it.

        :return: bool, whether the backend exists
        """
        self.env.cr.execute(
            SQL("SELECT FROM ocs_backend WHERE id = %s FOR KEY SHARE", self.id)
        )
        return bool(self.env.cr.rowcount)

    def _describe_deleted(self):
        """Return the result of a job whose backend was deleted."""
        return self.env._("The backend was deleted, so there is nothing to import.")

    @api.constrains("chunk_size", "chunk_threshold")
    def _check_chunks(self):
        for backend in self:
            if not 1 <= backend.chunk_size <= MAX_CHUNK_SIZE:
                raise ValidationError(
                    self.env._("“Chunk Size” must be between 1 and %s.", MAX_CHUNK_SIZE)
                )
            if not 0 <= backend.chunk_threshold <= MAX_CHUNK_THRESHOLD:
                raise ValidationError(
                    self.env._(
                        "“Import in Chunks From” must be between 0 (never) and %s.",
                        MAX_CHUNK_THRESHOLD,
                    )
                )
