# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
from contextlib import contextmanager

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.connector.exception import ConnectorException
from odoo.addons.queue_job.exception import JobError

from ..lib import schema
from ..lib.client import ConnectionSettings, OcsClient

#: Only variables with this prefix can hold a password: a manager must not
#: be able to send any other secret of the server to a host of their choice.
PASSWORD_VARIABLE_PREFIX = "OCS_"


class OcsBackend(models.Model):
    """A database of OCS Inventory NG, and how its computers are imported."""

    _name = "ocs.backend"
    _inherit = ["connector.backend", "mail.thread"]
    _description = "OCS Backend"
    _order = "name, id"
    _check_company_auto = True

    @api.model
    def _select_version(self):
        """Schema generations that adapters read, oldest first."""
        return [
            ("2.7", self.env._("OCS 2.7 and before")),
            ("2.8", self.env._("OCS 2.8 to 2.9.0")),
            ("2.9.1", self.env._("OCS 2.9.1 and later")),
        ]

    @api.model
    def _select_tz(self):
        return [(name, name) for name in pytz.all_timezones]

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        help="Company of the assets that are created. Empty: visible to all.",
    )
    host = fields.Char(required=True, tracking=True)
    port = fields.Integer(default=3306, required=True, tracking=True)
    database = fields.Char(default="ocsweb", required=True, tracking=True)
    user = fields.Char(
        required=True,
        tracking=True,
        help="A user of the database server with the right SELECT, no more.",
    )
    password = fields.Char(groups="connector.group_connector_manager", copy=False)
    password_variable = fields.Char(
        groups="connector.group_connector_manager",
        help="Environment variable of the Odoo server that holds the password, "
        "instead of the database. Its name starts with OCS_.",
    )
    tls = fields.Selection(
        [
            ("off", "Not encrypted"),
            ("required", "Encrypted"),
            ("verify", "Encrypted, certificate verified"),
        ],
        string="TLS",
        default="off",
        required=True,
        tracking=True,
    )
    tls_ca = fields.Text(
        string="Certificate Authority",
        help="PEM text of the certificate authority to trust. Empty: those that "
        "the Odoo server trusts.",
    )
    tz = fields.Selection(
        selection="_select_tz",
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="Time zone of the OCS server: OCS stores local times.",
    )
    version = fields.Selection(
        selection="_select_version",
        tracking=True,
        help="Decides how the tables of OCS are read. Test Connection finds it out.",
    )
    schema_number = fields.Integer(readonly=True, copy=False)
    ocs_release = fields.Char(string="OCS Release", readonly=True, copy=False)
    computer_category_id = fields.Many2one(
        "maintenance.equipment.category",
        default=lambda self: self._default_category("category_computer"),
        check_company=True,
        help="Category of the computers that are created.",
    )
    monitor_category_id = fields.Many2one(
        "maintenance.equipment.category",
        default=lambda self: self._default_category("category_monitor"),
        check_company=True,
        help="Category of the monitors that are created.",
    )
    computer_count = fields.Integer(compute="_compute_counts")
    monitor_count = fields.Integer(compute="_compute_counts")
    issue_count = fields.Integer(compute="_compute_counts")

    _name_uniq = models.Constraint(
        "UNIQUE(name)", "There is an OCS backend with this name already."
    )

    @api.model
    def _default_category(self, xml_id):
        return self.env.ref(f"connector_ocs.{xml_id}", raise_if_not_found=False)

    def _compute_counts(self):
        for field_name, model in (
            ("computer_count", "ocs.computer.binding"),
            ("monitor_count", "ocs.monitor.binding"),
            ("issue_count", "ocs.import.issue"),
        ):
            groups = self.env[model]._read_group(
                [("backend_id", "in", self.ids)], ["backend_id"], ["__count"]
            )
            counts = {backend.id: count for backend, count in groups}
            for backend in self:
                backend[field_name] = counts.get(backend.id, 0)

    @api.constrains("password_variable")
    def _check_password_variable(self):
        for backend in self:
            variable = backend.password_variable
            if variable and not variable.startswith(PASSWORD_VARIABLE_PREFIX):
                raise ValidationError(
                    self.env._(
                        "The environment variable of the password must start with "
                        "%s: no other secret of the server may be sent to a "
                        "database.",
                        PASSWORD_VARIABLE_PREFIX,
                    )
                )

    @api.constrains("port")
    def _check_port(self):
        for backend in self:
            if not 0 < backend.port < 65536:
                raise ValidationError(
                    self.env._(
                        "The port is a number between 1 and 65535; that of "
                        "MySQL and MariaDB is 3306."
                    )
                )

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if not (default or {}).get("name"):
            for backend, values in zip(self, copies, strict=True):
                values["name"] = self.env._("%s (copy)", backend.name)
        return copies

    @contextmanager
    def work_on(self, model_name, **kwargs):
        """Work context with a session on OCS, ``work.ocs_client``.

        The session opens with the first query, and ends with the context.
        """
        self.ensure_one()
        with OcsClient(self._connection_settings) as client:
            kwargs.setdefault("ocs_client", client)
            with super().work_on(model_name, **kwargs) as work:
                yield work

    def _connection_settings(self):
        # sudo: jobs and readers need a session, not to read its password
        backend = self.sudo()
        return ConnectionSettings(
            host=backend.host,
            port=backend.port,
            database=backend.database,
            user=backend.user,
            password=backend._get_password(),
            tls=backend.tls,
            tls_ca=backend.tls_ca or "",
        )

    def _get_password(self):
        variable = self.password_variable
        if not variable:
            return self.password or ""
        if variable not in os.environ:
            raise UserError(
                self.env._(
                    "The environment variable %s is not set on the Odoo server: set "
                    "it and restart Odoo, or enter the password in the form.",
                    variable,
                )
            )
        return os.environ[variable]

    @contextmanager
    def _as_user_error(self):
        """Errors of a synchronization become sentences on the form."""
        try:
            yield
        except (ConnectorException, JobError) as error:
            raise UserError(str(error)) from error

    # Actions

    def action_test_connection(self):
        """Find out the version of OCS, and say what was found."""
        self.ensure_one()
        self.check_access("write")
        with self._as_user_error():
            found = self._detect()
        return self._notify(
            self.env._("Connected to OCS Inventory %s", self.ocs_release),
            found,
            kind="warning" if self._is_newer_than_tested() else "success",
        )

    def action_import_changed(self):
        """Import the computers that are new or differ from their asset."""
        return self._start_import(force=False)

    def action_import_all(self):
        """Import every computer again, changed or not."""
        return self._start_import(force=True)

    def action_view_computers(self):
        return self._view("connector_ocs.ocs_computer_binding_action")

    def action_view_monitors(self):
        return self._view("connector_ocs.ocs_monitor_binding_action")

    def action_view_issues(self):
        return self._view("connector_ocs.ocs_import_issue_action")

    def action_view_jobs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "queue_job.action_queue_job"
        )
        action["domain"] = [("model_name", "=", "ocs.computer.binding")]
        return action

    @api.model
    def _cron_import_changed(self):
        """Import the changed computers of every backend."""
        for backend in self.search([("version", "!=", False)]):
            self.env["ocs.computer.binding"]._delay_batch(backend)

    # Hooks

    def _detect(self):
        """Ask the server what it is and set the version.

        :return: sentences for the user
        :raises OcsConfigurationError: it cannot be read; names the remedy
        """
        with self.work_on("ocs.backend") as work:
            server = work.component(usage="backend.adapter")
            number = server.schema()
            self.write(
                {
                    "schema_number": number,
                    "ocs_release": schema.release(number),
                    "version": schema.generation(number),
                }
            )
            computers = work.component(
                usage="backend.adapter", model_name="ocs.computer.binding"
            )
            computers.check_columns()
            return self._describe(server.count_computers(), server.is_read_only())

    def _describe(self, computers, is_read_only):
        sentences = [
            self.env._(
                "Schema %(schema)s, %(computers)s computers.",
                schema=self.schema_number,
                computers=computers,
            )
        ]
        if is_read_only:
            sentences.append(self.env._("The user %s may only read.", self.user))
        else:
            sentences.append(
                self.env._(
                    "The user %s may do more than read: the right SELECT is enough.",
                    self.user,
                )
            )
        if self._is_newer_than_tested():
            sentences.append(
                self.env._(
                    "This schema is newer than the newest one tested (%s): its "
                    "columns suffice, so it is read like that one.",
                    schema.NEWEST_TESTED,
                )
            )
        return " ".join(sentences)

    def _is_newer_than_tested(self):
        return self.schema_number > schema.NEWEST_TESTED

    def _start_import(self, force):
        self.ensure_one()
        self.check_access("write")
        with self._as_user_error():
            self._detect()
        self.env["ocs.computer.binding"]._delay_batch(self, force=force)
        return self._notify_started()

    def _notify_started(self):
        return self._notify(
            self.env._("The import has started"),
            self.env._(
                "Computers appear as their jobs are done; what cannot be imported "
                "is listed with its reason under Not Imported."
            ),
        )

    def _notify(self, title, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": title,
                "message": message,
                "type": kind,
                "sticky": kind == "warning",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _view(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [("backend_id", "=", self.id)]
        action["context"] = {"active_test": False}
        return action
