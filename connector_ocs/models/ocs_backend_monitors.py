# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Number of monitors archived in one transaction.
BATCH_SIZE = 1000


class OcsBackendMonitors(models.AbstractModel):
    """Policy for unplugged monitors."""

    _name = "ocs.backend.monitors"
    _description = "Monitors of an OCS Backend (abstract)"

    unplugged_policy = fields.Selection(
        [
            ("keep", "Keep it on the last computer, marked as unplugged"),
            ("unlink", "Remove it from the computer"),
            ("archive", "Remove it from the computer, archive the asset later"),
        ],
        string="When a Monitor Is Unplugged",
        default="unlink",
        required=True,
        tracking=True,
        help="Action on a monitor when its computer no longer reports it and no other "
        "computer does.",
    )
    unplugged_days = fields.Integer(
        string="Archive After",
        default=90,
        required=True,
        tracking=True,
        help="Days after which the asset of an unplugged monitor is archived. It is "
        "unarchived when the monitor is seen again.",
    )

    @api.constrains("unplugged_days")
    def _check_unplugged_days(self):
        if any(backend.unplugged_days < 1 for backend in self):
            raise ValidationError(
                self.env._("“Archive After” must be at least one day.")
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("unplugged_policy", "keep") != "keep":
            self._detach_unplugged()
        return result

    def _detach_unplugged(self):
        """Detach unplugged monitors that were kept on their last computer."""
        # sudo: as in an import; active_test: those of archived assets as well
        bindings = self.env["ocs.monitor.binding"].sudo()
        found = bindings.with_context(active_test=False).search(
            [
                ("backend_id", "in", self.ids),
                ("unplugged_since", "!=", False),
                ("computer_id", "!=", False),
            ]
        )
        (found - found._of_other_company()).odoo_id.computer_id = False

    @api.model
    def _cron_archive_unplugged(self):
        """Archive monitors unplugged for long, for the backends with that policy."""
        for backend in self.search([("unplugged_policy", "=", "archive")]):
            batch = backend._search_unplugged_for_long(BATCH_SIZE)
            own = batch - batch._of_other_company()
            own._archive_unplugged()
            if own and len(batch) == BATCH_SIZE:
                self.env.ref("connector_ocs.ir_cron_archive_unplugged")._trigger()

    def _search_unplugged_for_long(self, limit):
        """Return the bindings of monitors whose asset has to be archived."""
        limit_date = fields.Datetime.subtract(
            fields.Datetime.now(), days=self.unplugged_days
        )
        return self.env["ocs.monitor.binding"].search(
            [
                ("backend_id", "=", self.id),
                ("unplugged_since", "<", limit_date),
                ("unplugged_action", "=", False),
                ("active", "=", True),
            ],
            limit=limit,
            order="id",
        )
