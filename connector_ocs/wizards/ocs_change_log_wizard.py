# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import base64
import logging

import psycopg2

from odoo import api, fields, models

from odoo.addons.connector.exception import ConnectorException
from odoo.addons.queue_job.exception import JobError

_logger = logging.getLogger(__name__)


class OcsChangeLogWizard(models.TransientModel):
    """Installs, repairs or removes the change log of an OCS database."""

    _name = "ocs.change.log.wizard"
    _description = "Change Log of OCS"

    backend_id = fields.Many2one("ocs.backend", required=True, ondelete="cascade")
    action = fields.Selection(
        [("install", "Install"), ("repair", "Repair"), ("remove", "Remove")],
        required=True,
        default="install",
    )
    definer = fields.Char(
        string="Account of the OCS Server",
        compute="_compute_definer",
        store=True,
        readonly=False,
        help="The triggers run with the rights of this account, such as ocs@localhost. "
        "Empty: of the account that runs the SQL.",
    )
    drop_table = fields.Boolean(
        string="Drop the table, too",
        help="Removes the table hardware_updates with its rows, not only the triggers.",
    )
    admin_user = fields.Char(
        string="Administrator",
        help="Account of the database server that runs the SQL. Empty: that of the "
        "backend.",
    )
    admin_password = fields.Char(
        string="Password", help="Used once, and forgotten whatever comes of it."
    )
    preview = fields.Text(string="SQL", compute="_compute_preview")
    sql_file = fields.Binary(compute="_compute_sql_file")
    message = fields.Text(readonly=True)
    is_done = fields.Boolean(readonly=True)

    @api.depends("backend_id")
    def _compute_definer(self):
        for wizard in self:
            wizard.definer = wizard.backend_id.change_log_account

    @api.depends("backend_id", "action", "definer", "drop_table")
    def _compute_preview(self):
        for wizard in self:
            try:
                wizard.preview = wizard.backend_id and wizard._script()
            except (ConnectorException, JobError) as error:
                wizard.preview = f"-- {error}"

    @api.depends("preview")
    def _compute_sql_file(self):
        for wizard in self:
            wizard.sql_file = base64.b64encode((wizard.preview or "").encode())

    def action_download(self):
        """The SQL as a file for the administrator of the database."""
        self.ensure_one()
        url = f"/web/content/{self._name}/{self.id}/sql_file"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}/connector_ocs_{self.action}.sql?download=true",
            "target": "self",
        }

    def action_run(self):
        """Run the SQL in OCS; what comes of it is shown in the wizard.

        An error is not raised: that would bring the password back.
        """
        self.ensure_one()
        login = (self.admin_user or "", self.admin_password or "")
        self.admin_password = False
        try:
            sentences = self._run(login)
            self.is_done = True
        except (ConnectorException, JobError) as error:
            sentences = [str(error)]
        except psycopg2.Error:  # Odoo tries again
            raise
        except Exception as error:
            _logger.exception("The change log of %s failed", self.backend_id.name)
            sentences = [self.env._("An unexpected error: %s", error)]
        self.message = "\n".join(sentences)
        return self._reopen()

    # Hooks

    def _script(self):
        with self.backend_id._for_change_log().work_on("ocs.backend") as work:
            reader = work.component(usage="change.log").account()
            return work.component(usage="change.log.installer").script(
                self.action, self.definer or "", self.drop_table, reader
            )

    def _run(self, login):
        """Sentences about what was done.

        :param login: (user, password) of the database server
        """
        backend = self.backend_id._for_change_log()
        with backend._work_on_change_log(*login) as work:
            installer = work.component(usage="change.log.installer")
            definer = installer.run(self.action, self.definer or "", self.drop_table)
            sentences = self._grant(installer) if definer and login[0] else []
        if definer and definer != self.definer:
            sentences.insert(0, self._describe_definer(definer))
        backend._force_comparison()
        backend._check_change_log()
        return [*sentences, backend.change_log_report]

    def _grant(self, installer):
        """Give the account of the backend its rights; sentences about what failed."""
        try:
            with self.backend_id.work_on("ocs.backend") as work:
                reader = work.component(usage="change.log").account()
            installer.grant(reader)
        except (ConnectorException, JobError) as error:
            return [
                self.env._("The rights for daily use could not be given: %s", error)
            ]
        return []

    def _describe_definer(self, definer):
        if not self.definer:
            return self.env._(
                "The triggers run with the rights of %s. Do not drop that account: OCS "
                "could not save inventories.",
                definer,
            )
        return self.env._(
            "The rights of %(wanted)s could not be given to the triggers: it does not "
            "exist, lacks rights, or the account that ran the SQL may not. They run "
            "with those of %(definer)s. Do not drop %(definer)s: OCS could not save "
            "inventories.",
            wanted=self.definer,
            definer=definer,
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Change Log of OCS"),
        }
