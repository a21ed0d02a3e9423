# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.job import PENDING, WAIT_DEPENDENCIES

#: States of jobs that have not started and can move to another channel.
WAITING = (WAIT_DEPENDENCIES, PENDING)


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend with the channel of its jobs."""

    _inherit = "ocs.backend"

    channel_id = fields.Many2one(
        "queue.job.channel",
        string="Job Channel",
        domain=[("parent_id", "!=", False)],
        ondelete="set null",
        help="Channel of the backend's jobs, so that a slow OCS server does not delay "
        "other backends. If empty, the jobs share the channel root.ocs.",
    )

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
        waiting = [
            ("model_name", "=", "ocs.computer.binding"),
            ("state", "in", WAITING),
        ]
        of_runs = jobs.search([*waiting, ("ocs_run_id.backend_id", "=", self.id)])
        others = jobs.search([*waiting, ("ocs_run_id", "=", False)])
        return of_runs + others.filtered(lambda job: job.args[0] == self)

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
