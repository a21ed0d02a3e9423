# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Number of computers to create activities for at once, which limits memory use.
BATCH_SIZE = 500


class OcsBackendAlert(models.AbstractModel):
    """Changes that are reported to users."""

    _name = "ocs.backend.alert"
    _description = "Alerts of an OCS Backend (abstract)"

    log_addresses = fields.Boolean(
        string="Log IP Addresses",
        default=True,
        help="Log changed IP addresses in the chatter of the asset. Roaming laptops "
        "cause many messages.",
    )
    alert_ids = fields.Many2many(
        "ocs.alert",
        string="Alerts",
        help="Changes that create an activity for the technician of the asset, or for "
        "the backend's responsible user if there is none.",
    )
    not_seen_days = fields.Integer(
        string="Not Seen For",
        default=30,
        required=True,
        help="Days without an inventory after which an alert is created.",
    )
    has_not_seen_alert = fields.Boolean(
        string="Alert for Computers Not Seen", compute="_compute_has_not_seen_alert"
    )

    @api.depends("alert_ids.code")
    def _compute_has_not_seen_alert(self):
        for backend in self:
            backend.has_not_seen_alert = "not_seen" in backend._alert_codes()

    @api.constrains("not_seen_days")
    def _check_not_seen_days(self):
        if any(backend.not_seen_days < 1 for backend in self):
            raise ValidationError(
                self.env._("“Not Seen For” must be at least one day.")
            )

    def _alert_codes(self):
        """Return the set of codes of the selected alerts."""
        return self._settings().alert_codes

    @api.model
    def _cron_alert_not_seen(self):
        """Create alerts for computers no longer seen by OCS; close obsolete ones."""
        self.env["maintenance.equipment"]._ocs_close_not_seen()
        for backend in self.search([("alert_ids.code", "=", "not_seen")]):
            backend._alert_not_seen()

    def _alert_not_seen(self):
        late, last_id = self._not_seen_domain(), 0
        while True:
            bindings = self.env["ocs.computer.binding"].search(
                [*late, ("id", ">", last_id)], order="id", limit=BATCH_SIZE
            )
            if not bindings:
                return
            last_id = bindings[-1].id
            others = bindings._of_other_company()
            (bindings - others).odoo_id._ocs_alert_not_seen(self)
            self.env.flush_all()
            bindings.invalidate_recordset()
            bindings.odoo_id.invalidate_recordset()

    def _not_seen_domain(self):
        """Return the domain of computers in OCS without a recent inventory.

        Skipped and failed computers do not count: their last inventory is not recorded.
        """
        limit = fields.Datetime.now() - timedelta(days=self.not_seen_days)
        reasons = ("failed", *self.env["ocs.import.issue"]._skip_reasons())
        return [
            ("backend_id", "=", self.id),
            ("removed_since", "=", False),
            ("removal_action", "=", False),
            ("last_inventory", "<", limit),
            ("issue_ids", "not any", [("reason", "in", reasons)]),
        ]
