# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .ocs_import_issue import SKIP_REASONS

#: Computers for which activities are made at once; bounds the memory.
BATCH_SIZE = 500


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """What people are told of changes."""

    _inherit = "ocs.backend"

    tell_addresses = fields.Boolean(
        string="Tell IP Addresses",
        default=True,
        help="Changed IP addresses are told in the chatter of an asset. Laptops that "
        "roam make it chatty.",
    )
    alert_ids = fields.Many2many(
        "ocs.alert",
        string="Alerts",
        help="What leaves an activity to the technician of the asset, or else to the "
        "responsible of this backend.",
    )
    not_seen_days = fields.Integer(
        string="Not Seen For",
        default=30,
        required=True,
        help="Days without inventory after which there is an alert.",
    )
    has_not_seen_alert = fields.Boolean(compute="_compute_has_not_seen_alert")

    @api.depends("alert_ids.code")
    def _compute_has_not_seen_alert(self):
        for backend in self:
            backend.has_not_seen_alert = "not_seen" in backend._alert_codes()

    @api.constrains("not_seen_days")
    def _check_not_seen_days(self):
        if any(backend.not_seen_days < 1 for backend in self):
            raise ValidationError(
                self.env._(
                    "A computer that was not seen for less than a day is no reason "
                    "for an alert: enter one day at least."
                )
            )

    def _alert_codes(self):
        """:return: set of the codes of the alerts that are chosen"""
        return self._settings().alert_codes

    @api.model
    def _cron_alert_not_seen(self):
        """Alert of computers that make no inventory any more, and end such alerts."""
        self.env["maintenance.equipment"]._ocs_end_not_seen()
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
            bindings.odoo_id._ocs_alert_not_seen(self)
            self.env.flush_all()
            bindings.invalidate_recordset()
            bindings.odoo_id.invalidate_recordset()

    def _not_seen_domain(self):
        """Domain of the bindings of computers in OCS that were not seen for long.

        Nobody notes when those were seen that are left out.
        """
        limit = fields.Datetime.now() - timedelta(days=self.not_seen_days)
        return [
            ("backend_id", "=", self.id),
            ("removed_since", "=", False),
            ("removal_action", "=", False),
            ("last_inventory", "<", limit),
            ("issue_ids", "not any", [("reason", "in", (*SKIP_REASONS, "failed"))]),
        ]
