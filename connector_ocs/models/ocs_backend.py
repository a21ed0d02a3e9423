# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
from contextlib import contextmanager

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.client import ConnectionSettings, OcsClient, pool

#: Only variables with this prefix can hold a password: no other secret of the
#: server can be used to log in somewhere.
PASSWORD_VARIABLE_PREFIX = "OCS_"

#: Sessions with the values before are of no use any more.
CONNECTION_FIELDS = frozenset(
    (
        "host",
        "port",
        "database",
        "user",
        "password",
        "password_variable",
        "tls",
        "tls_ca",
    )
)


class OcsBackend(models.Model):
    """A database of OCS Inventory NG, and how its computers are imported."""

    _name = "ocs.backend"
    _inherit = ["connector.backend", "mail.thread", "mail.activity.mixin"]
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
        help="Company of the assets, unless a rule or a person gives another. "
        "Empty: visible to all.",
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
            ("required", "Encrypted, server not verified"),
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
        help="Decides how the tables of OCS are read. Test connection finds it out.",
    )
    schema_number = fields.Integer(readonly=True, copy=False)
    ocs_release = fields.Char(string="OCS Release", readonly=True, copy=False)
    computer_category_id = fields.Many2one(
        "maintenance.equipment.category",
        default=lambda self: self._default_category("category_computer"),
        check_company=True,
        help="Category of the computers, unless a rule or a person gives another.",
    )
    monitor_category_id = fields.Many2one(
        "maintenance.equipment.category",
        default=lambda self: self._default_category("category_monitor"),
        check_company=True,
        help="Category of the monitors, unless a rule or a person gives another.",
    )
    computer_count = fields.Integer(compute="_compute_counts")
    monitor_count = fields.Integer(compute="_compute_counts")
    issue_count = fields.Integer(compute="_compute_counts")

    @api.model
    def _default_category(self, xml_id):
        return self.env.ref(f"connector_ocs.{xml_id}", raise_if_not_found=False)

    def _compute_counts(self):
        for field_name, model in (
            ("computer_count", "ocs.computer.binding"),
            ("monitor_count", "ocs.monitor.binding"),
            ("issue_count", "ocs.import.issue"),
        ):
            groups = (
                self.env[model]
                .with_context(active_test=False)
                ._read_group(
                    [("backend_id", "in", self.ids)], ["backend_id"], ["__count"]
                )
            )
            counts = {backend.id: count for backend, count in groups}
            for backend in self:
                backend[field_name] = counts.get(backend.id, 0)

    @api.constrains("password", "password_variable")
    def _check_password_variable(self):
        for backend in self:
            variable = backend.password_variable
            if variable and backend.password:
                raise ValidationError(
                    self.env._(
                        "Give either the password or the environment variable that "
                        "holds it, not both."
                    )
                )
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_computers(self):
        for backend in self:
            if backend.computer_count or backend.monitor_count:
                raise UserError(
                    self.env._(
                        "Assets come from %s: archive it instead of deleting it, so "
                        "that they still say where they come from.",
                        backend.name,
                    )
                )

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if not (default or {}).get("name"):
            for backend, values in zip(self, copies, strict=True):
                values["name"] = self.env._("%s (copy)", backend.name)
        return copies

    def write(self, vals):
        result = super().write(vals)
        if CONNECTION_FIELDS.intersection(vals):
            pool.clear()
        return result

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
