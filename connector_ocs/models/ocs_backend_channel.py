# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.job import PENDING, WAIT_DEPENDENCIES

#: Jobs in these states are nobody's yet: they may go to another channel.
WAITING = (WAIT_DEPENDENCIES, PENDING)


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Where the jobs of a backend wait, and whether it is there when they begin."""

    _inherit = "ocs.backend"

    channel_id = fields.Many2one(
        "queue.job.channel",
        string="Job Channel",
        domain=[("parent_id", "!=", False)],
        ondelete="set null",
        help="Where the jobs of this backend wait, so that a slow OCS server does not "
        "hold up the others. Empty: root.ocs, with those of all backends.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "channel_id" in vals:
            for backend in self:
                backend._move_waiting_jobs()
        return result

    def _job_channel(self):
        """:return: name of the channel for ``with_delay``; None: that of the job
        function
        """
        return self.channel_id.complete_name or None

    def _move_waiting_jobs(self):
        """Jobs that wait go to the channel of now: a person wants them there.

        A job keeps its channel otherwise, and there may be one for each computer.
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

    def _hold(self):
        """Whether the backend is there; it cannot be deleted until the job ends.

        Whoever deletes it waits, and is told then that assets come from it.
        """
        self.env.cr.execute(
            SQL("SELECT FROM ocs_backend WHERE id = %s FOR KEY SHARE", self.id)
        )
        return bool(self.env.cr.rowcount)

    def _describe_deleted(self):
        """:return: sentence for the result of a job that comes too late"""
        return self.env._("The backend was deleted: there is nothing to import.")
