# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import base64
import logging

import psycopg2

from odoo import api, fields, models

from odoo.addons.connector.exception import ConnectorException
from odoo.addons.connector_ocs.lib import errors
from odoo.addons.queue_job.exception import JobError

from ..lib.change_log_installer import ChangeLogInstaller

_logger = logging.getLogger(__name__)


class OcsChangeLogWizard(models.TransientModel):
    """Wizard that installs, repairs, removes or takes over the change log of OCS."""

    _name = "ocs.change.log.wizard"
    _description = "OCS Change Log"

    backend_id = fields.Many2one("ocs.backend", required=True, ondelete="cascade")
    action = fields.Selection(
        [
            ("install", "Install"),
            ("repair", "Repair"),
            ("remove", "Remove"),
            ("move", "Use Here"),
        ],
        required=True,
        default="install",
    )
    definer = fields.Char(
        compute="_compute_definer",
        store=True,
        readonly=False,
        help="Account whose privileges the triggers run with, preferably that of the "
        "OCS server, such as ocs@localhost. If empty, the account that runs the "
        "SQL is used.",
    )
    drop_table = fields.Boolean(
        string="Also Drop the Table",
        help="In addition to the triggers, drop the table hardware_updates with its "
        "rows, and the procedure hardware_updates_check.",
    )
    admin_user = fields.Char(
        string="Administrator",
        help="Account of the database server that runs the SQL. If empty, the user "
        "of the backend is used.",
    )
    admin_password = fields.Char(
        string="Password", store=False, help="Used once and never stored."
    )
    show_sql = fields.Boolean(string="Show the SQL")
    preview = fields.Text(string="SQL", compute="_compute_preview")
    sql_file = fields.Binary(string="SQL File", compute="_compute_sql_file")
    message = fields.Text(readonly=True)
    is_done = fields.Boolean(string="Done", readonly=True)

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
        """Download the SQL as a file for the administrator of the database."""
        self.ensure_one()
        self.backend_id._check_user("write")
        url = f"/web/content/{self._name}/{self.id}/sql_file"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}/connector_ocs_{self.action}.sql?download=true",
            "target": "self",
        }

    def action_run(self):
        """Run the SQL in OCS and show the result in the wizard.

        The button passes the password of the administrator in its context, under the
        key ``password``. Errors are shown, not raised, so that the state that the SQL
        has left is stored.

        :raises AccessError: the user may not configure the backend
        """
        self.ensure_one()
        self.backend_id._check_user("write")
        context = dict(self.env.context)
        login = (self.admin_user or "", context.pop("password", None) or "")
        return self.with_env(self.env(context=context))._run_and_show(login)

    def _run_and_show(self, login):
        try:
            sentences = self._run(login)
            self.is_done = True
        except (ConnectorException, JobError) as error:
            sentences = [str(error)]
            self._note_state()
        except psycopg2.Error:  # Odoo retries the request
            raise
        except Exception as error:
            _logger.exception("The change log of %s failed", self.backend_id.name)
            text = errors.describe(error)
            sentences = [self.env._("An unexpected error occurred: %s", text)]
        self.message = "\n".join(sentences)
        return self._reopen()

    # Hooks

    def _script(self):
        with self.backend_id._for_change_log().work_on("ocs.backend") as work:
            reader = work.component(usage="change.log").account()
            return ChangeLogInstaller(work).script(
                self.action, self.definer or "", self.drop_table, reader
            )

    def _run(self, login):
        """Run the SQL and return sentences about the result.

        :param login: (user, password) of the database server
        :return: list of str
        """
        backend = self.backend_id._for_change_log()
        with backend._work_on_change_log(*login) as work:
            installer = ChangeLogInstaller(work)
            definer = installer.run(self.action, self.definer or "", self.drop_table)
            sentences = self._grant(installer) if definer and login[0] else []
        if definer and definer != self.definer:
            sentences.insert(0, self._describe_definer(definer))
        backend._force_comparison()
        backend._check_change_log()
        return [*sentences, backend.change_log_report]

    def _note_state(self):
        """Check the change log after an error: some statements may have run."""
        try:
            self.backend_id._for_change_log()._check_change_log()
        except (ConnectorException, JobError):
            _logger.info("The change log of %s is unknown", self.backend_id.name)

    def _grant(self, installer):
        """Grant the privileges to the account of the backend.

        :return: list of sentences about failures
        """
        try:
            with self.backend_id.work_on("ocs.backend") as work:
                reader = work.component(usage="change.log").account()
            installer.grant(reader)
        except (ConnectorException, JobError) as error:
            return [
                self.env._(
                    "The privileges for daily use could not be granted: %s", error
                )
            ]
        return []

    def _describe_definer(self, definer):
        if not self.definer:
            return self.env._(
                "The triggers run with the privileges of %s. Do not drop this account: "
                "OCS could no longer save inventories.",
                definer,
            )
        return self.env._(
            "%(wanted)s could not be set as the definer of the triggers: it does not "
            "exist, it lacks privileges, or the account that ran the SQL is not "
            "allowed to set it. The triggers run with the privileges of %(definer)s. "
            "Do not drop %(definer)s: OCS could no longer save inventories.",
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
            "name": self.env._("OCS Change Log"),
        }
