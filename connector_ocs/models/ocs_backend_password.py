# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..exceptions import OcsConfigurationError
from ..lib import password_variables as variables
from .ocs_secret_mixin import server_option

MANAGER = "connector_ocs.group_ocs_manager"

#: How little a server has to prove before it is told a password.
TLS_LEVELS = ("off", "required", "verify")


class OcsBackendPassword(models.AbstractModel):
    """Password that can be set, but not read."""

    _name = "ocs.backend.password"
    _inherit = "ocs.secret.mixin"
    _description = "Password of an OCS Backend (abstract)"

    password = fields.Char(
        compute="_compute_password",
        inverse="_inverse_password",
        search="_search_password",
        groups=MANAGER,
        copy=False,
        help="Password of the user. It is stored encrypted, and nobody can read it.",
    )
    password_encrypted = fields.Char(
        groups=fields.NO_ACCESS,
        readonly=True,
        copy=False,
        export_string_translation=False,
    )
    has_password = fields.Boolean(
        string="Password Is Set",
        compute="_compute_has_password",
        compute_sudo=True,
        groups=MANAGER,
    )
    password_hint = fields.Char(
        compute="_compute_has_password", compute_sudo=True, groups=MANAGER
    )
    password_variable = fields.Char(
        string="Password Environment Variable",
        groups=MANAGER,
        copy=False,
        help="Environment variable of the Odoo server that holds the password, so that "
        "it is not stored in the database of Odoo. The administrator of the server "
        "lists the variables that may be used, and for which host.",
    )

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        for backend in self:
            encrypted = self._encrypt_secret(backend.password)
            # sudo: nobody has access to the field; that to the backend was checked
            backend.sudo().password_encrypted = encrypted
        self.invalidate_recordset(["password"])

    @api.model
    def _search_password(self, operator, value):
        raise UserError(self.env._("Backends cannot be searched by their password."))

    @api.depends("password_encrypted")
    def _compute_has_password(self):
        for backend in self:
            backend.has_password = bool(backend.password_encrypted)
            backend.password_hint = (
                self.env._("Password is set")
                if backend.has_password
                else self.env._("Password is not set")
            )

    @api.constrains("password_encrypted", "password_variable")
    def _check_password_variable(self):
        for backend in self.sudo():  # nobody has access to the encrypted password
            if backend.password_variable and backend.password_encrypted:
                raise ValidationError(
                    self.env._(
                        "Enter either the password or the environment variable that "
                        "holds it, not both."
                    )
                )

    @api.onchange("host", "port", "user", "tls", "tls_ca")
    def _onchange_password_target(self):
        # sudo: users who may not change backends can open the form
        backend = self.sudo()
        if not backend.has_password or backend.password or not self._has_new_target():
            return None
        return {
            "warning": {
                "title": self.env._("Password"),
                "message": self.env._(
                    "The stored password will be deleted, because it was entered for "
                    "another server, user or TLS setting. Enter it again."
                ),
            }
        }

    def _has_new_target(self):
        return self._is_for_other_target(self._origin._password_target())

    def write(self, vals):
        """Write, and delete a stored password that was entered for another target.

        Otherwise, a manager could send a password that he cannot read to a server where
        he can.
        """
        targets = {backend: backend._password_target() for backend in self}
        result = super().write(vals)
        if not {"password", "password_encrypted"}.intersection(vals):
            changed = self.filtered(
                lambda each: each._is_for_other_target(targets[each])
            )
            # sudo: nobody has access to the field
            changed.sudo().filtered("password_encrypted").password_encrypted = False
        return result

    def _password_target(self):
        """Return who gets the password: a tuple, and the level of TLS."""
        level = TLS_LEVELS.index(self.tls or "off")
        return (self.host, self.port, self.user, self.tls_ca or ""), level

    def _is_for_other_target(self, before):
        (target, level), (former, former_level) = self._password_target(), before
        return target != former or level < former_level

    def action_clear_password(self):
        """Delete the stored password."""
        self.check_access("write")
        self.password = False

    # Hooks

    def _get_password(self):
        """Return the password.

        :raises OcsConfigurationError: says what to do
        """
        if self.password_variable:
            return self._read_password_variable()
        stored = self.password_encrypted
        return self._decrypt_secret(stored, self.name) if stored else ""

    def _read_password_variable(self):
        variable = self.password_variable
        if not any(each.allows(self._password_use()) for each in self._allowed_uses()):
            raise OcsConfigurationError(self._describe_refused_variable())
        if variable not in os.environ:
            raise OcsConfigurationError(
                self.env._(
                    "The environment variable %s is not set on the Odoo server. Set "
                    "it and restart Odoo, or enter the password on the backend.",
                    variable,
                )
            )
        return os.environ[variable]

    def _password_use(self):
        return variables.Use(
            self.password_variable,
            self.host.lower(),
            self.port,
            self.user,
            self.company_id.id,
            self.env.cr.dbname,
        )

    def _allowed_uses(self):
        """Return the uses that the administrator of the server allows.

        With several companies, each of them has to be named: the managers of one must
        not use the password of another.
        """
        text = server_option("ocs_password_variables")
        try:
            uses = variables.parse(text)
        except variables.ListProblem as error:
            raise OcsConfigurationError(
                self.env._(
                    "OCS_PASSWORD_VARIABLES of the Odoo server contains the entry "
                    "“%s”, which is not of the form VARIABLE=user@host:port.",
                    error,
                )
            ) from None
        if self.env["res.company"].search_count([], limit=2) > 1:
            return [each for each in uses if each.company is not None]
        return uses

    def _describe_refused_variable(self):
        use = self._password_use()
        entry = f"{use.variable}={use.user}@{use.host}:{use.port}"
        if use.company:
            entry += f"?company={use.company}"
        return self.env._(
            "The administrator of the Odoo server has not allowed the environment "
            "variable %(variable)s for this backend. To allow it, add %(entry)s to "
            "OCS_PASSWORD_VARIABLES and restart Odoo.",
            variable=use.variable,
            entry=entry,
        )
