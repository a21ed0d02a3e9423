# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.client import OcsClient, pool
from ..lib.connection_settings import ConnectionSettings

#: Fields whose change makes the open sessions obsolete.
CONNECTION_FIELDS = frozenset(
    (
        "host",
        "port",
        "database",
        "user",
        "password_encrypted",
        "password_variable",
        "tls",
        "tls_ca",
    )
)


class OcsBackend(models.Model):
    """Database of OCS Inventory NG, and how its computers are imported."""

    _name = "ocs.backend"
    _inherit = [
        "ocs.backend.settings",
        "ocs.backend.policy",
        "ocs.backend.monitors",
        "ocs.backend.times",
        "ocs.backend.identity",
        "ocs.backend.alert",
        "ocs.backend.run",
        "ocs.backend.schedule",
        "ocs.backend.import",
        "ocs.backend.decision",
        "ocs.backend.preview",
        "ocs.backend.setup",
        "ocs.backend.survey",
        "ocs.backend.password",
        "connector.backend",
        "mail.thread",
        "mail.activity.mixin",
        "bus.listener.mixin",
        "ocs.access.mixin",
    ]
    _description = "OCS Backend"
    _order = "name, id"
    _check_company_auto = True

    @api.model
    def _select_version(self):
        """Return the schema generations that adapters can read, oldest first."""
        return [
            ("2.7", self.env._("OCS 2.7 and earlier")),
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
        help="Default company of the assets. If empty, all companies see the assets.",
    )
    host = fields.Char(required=True, tracking=True)
    port = fields.Integer(default=3306, required=True, tracking=True)
    database = fields.Char(default="ocsweb", required=True, tracking=True)
    user = fields.Char(
        default="odoo_reader",
        required=True,
        tracking=True,
        help="User of the database server. Imports need no privilege but SELECT.",
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
        help="Certificate authority to trust, in PEM format. If empty, the certificate "
        "authorities that the Odoo server trusts are used.",
    )
    tz = fields.Selection(
        selection="_select_tz",
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="Time zone of the OCS server, because OCS stores local times.",
    )
    version = fields.Selection(
        selection="_select_version",
        tracking=True,
        help="Determines how the OCS tables are read. “Test connection” detects it.",
    )
    schema_number = fields.Integer(readonly=True, copy=False)
    ocs_release = fields.Char(string="OCS Release", readonly=True, copy=False)
    computer_category_id = fields.Many2one(
        "maintenance.equipment.category",
        default=lambda self: self._default_category("category_computer"),
        check_company=True,
        help="Default category of the computers.",
    )
    monitor_category_id = fields.Many2one(
        "maintenance.equipment.category",
        default=lambda self: self._default_category("category_monitor"),
        check_company=True,
        help="Default category of the monitors.",
    )
    computer_count = fields.Integer(
        string="Number of Computers",
        compute="_compute_counts",
        help="Computers whose asset is not archived.",
    )
    monitor_count = fields.Integer(
        string="Number of Monitors",
        compute="_compute_counts",
        help="Monitors whose asset is not archived.",
    )
    issue_count = fields.Integer(
        string="Number of Computers Not Imported", compute="_compute_counts"
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

    @api.constrains("port")
    def _check_port(self):
        for backend in self:
            if not 0 < backend.port < 65536:
                raise ValidationError(
                    self.env._(
                        "The port must be between 1 and 65535. The default port of "
                        "MySQL and MariaDB is 3306."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_computers(self):
        mine = [("backend_id", "in", self.ids)]
        for model in ("ocs.computer.binding", "ocs.monitor.binding"):
            everything = self.env[model].with_context(active_test=False)
            found = everything.search(mine, limit=1)
            if found:
                raise UserError(
                    self.env._(
                        "Assets were imported from %s. Archive it instead of deleting "
                        "it, so that the origin of the assets remains known.",
                        found.backend_id.name,
                    )
                )

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if not (default or {}).get("name"):
            for backend, values in zip(self, copies, strict=True):
                values["name"] = self.env._("%s (copy)", backend.name)
        return copies

    def write(self, vals):
        changed = self.filtered(
            lambda backend: backend.active != vals.get("active", backend.active)
        )
        result = super().write(vals)
        if CONNECTION_FIELDS.intersection(vals):
            pool.clear()
        changed._update_locked_fields()
        changed.filtered("active")._ask_again()
        changed._ask_for_decisions()
        return result

    @api.private  # the framework gives the name
    @contextmanager
    def work_on(self, model_name, **kwargs):
        """Return a work context with a session on OCS, ``work.ocs_client``.

        The session opens with the first query, and closes with the context.
        """
        self.ensure_one()
        with OcsClient(self._connection_settings) as client:
            kwargs.setdefault("ocs_client", client)
            with super().work_on(model_name, **kwargs) as work:
                yield work

    def _connection_settings(self):
        """Return how to connect to OCS, with the stored password.

        :raises AccessError: the user may not read the backend
        """
        self._check_user("read")
        # sudo: jobs and OCS users need a session, but no access to its password
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

    def _check_user(self, operation):
        """Check that the user may have the backend do something.

        Whatever uses its password, or continues as superuser, comes here first.

        :param operation: "read" if OCS is only read to show it, otherwise "write"
        :raises AccessError: the user may not
        """
        # record rules do not apply to the new records of a form, only to their origin
        self._origin.check_access(operation)

    def _unfold_categories(self):
        """Unfold the empty categories that are about to get assets.

        Odoo stores the fold state on the category. The jobs that import the first
        assets run at the same time: all of them would write it, and all but one would
        fail and be retried.
        """
        empty = self._asset_categories().filtered("fold")
        if empty:
            empty.fold = False

    def _asset_categories(self):
        """Return the categories that imports may give new assets.

        Other addons add those of their settings.

        :return: maintenance.equipment.category
        """
        return self.computer_category_id | self.monitor_category_id

    def _update_locked_fields(self):
        """Unlock the edited fields of the assets, or lock them again."""
        for model in ("ocs.computer.binding", "ocs.monitor.binding") if self else ():
            bindings = self.env[model].with_context(active_test=False)
            bindings = bindings.search([("backend_id", "in", self.ids)])
            bindings._update_has_locked_fields()

    def _ask_again(self):
        """Ask again to approve the runs that wait, as archiving deletes activities."""
        for backend in self:
            run = backend._open_run()
            if run.state == "waiting":
                backend._request_approval(run)

    def _describe_archived(self):
        return self.env._("%s is archived. Unarchive it to import.", self.name)

    def _check_active(self):
        """Check that a user may start an import.

        :raises UserError: a backend is archived
        """
        for backend in self:
            if not backend.active:
                raise UserError(backend._describe_archived())
