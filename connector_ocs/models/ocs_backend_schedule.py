# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SCHEDULE_FIELDS = frozenset(("active", "import_automatically", "import_interval"))


class OcsBackendSchedule(models.AbstractModel):
    """Automatic imports of a backend."""

    _name = "ocs.backend.schedule"
    _description = "Schedule of an OCS Backend (abstract)"

    import_automatically = fields.Boolean(
        tracking=True,
        copy=False,
        help="Import the computers that are new or changed in OCS, again and again.",
    )
    import_interval = fields.Integer(
        string="Import Every",
        default=5,
        required=True,
        tracking=True,
        help="Minutes between two automatic imports. An import that takes longer is "
        "not interrupted; the next one starts after it.",
    )
    next_import = fields.Datetime(readonly=True, copy=False)
    schedule_report = fields.Char(compute="_compute_schedule_report")

    @api.depends("import_automatically")
    def _compute_schedule_report(self):
        action = self._import_action()
        for backend in self:
            is_stopped = backend.import_automatically and not action.active
            backend.schedule_report = is_stopped and self.env._(
                "The scheduled action “%s” is inactive, so nothing is imported "
                "automatically. Ask an administrator to activate it.",
                action.name or self.env._("OCS: import changed computers"),
            )

    @api.constrains("import_interval")
    def _check_import_interval(self):
        for backend in self:
            if backend.import_interval < 1:
                raise ValidationError(
                    self.env._("“Import Every” must be at least 1 minute.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        backends = super().create(vals_list)
        backends._plan_next_import()
        return backends

    def write(self, vals):
        result = super().write(vals)
        if not SCHEDULE_FIELDS.isdisjoint(vals):
            self._plan_next_import()
        return result

    @api.model
    def _cron_import_changed(self):
        """Import the changed computers of the backends that are due."""
        due = [("import_automatically", "=", True), ("version", "!=", False)]
        for backend in self.search(
            [*due, ("next_import", "<=", fields.Datetime.now())]
        ):
            backend._start_run("schedule")
            backend._plan_next_import(after=backend.import_interval)

    def _plan_next_import(self, after=0):
        """Set when the next automatic import starts.

        :param after: int, minutes
        """
        date = fields.Datetime.now() + timedelta(minutes=after)
        for backend in self:
            is_on = backend.active and backend.import_automatically
            backend.next_import = is_on and date
        action = self._import_action()
        if action and any(self.mapped("next_import")):
            action._trigger(date)  # in time: by itself, it looks less often

    def _import_action(self):
        """Return the scheduled action that starts automatic imports."""
        # sudo: managers of OCS are not administrators
        cron = self.env["ir.cron"].sudo().with_context(active_test=False)
        action = self.env.ref(
            "connector_ocs.ir_cron_import_changed", raise_if_not_found=False
        )
        return cron.browse(action.id) if action else cron
