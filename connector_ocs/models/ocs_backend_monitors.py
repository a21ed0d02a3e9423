# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Monitors that are archived in one transaction.
BATCH_SIZE = 1000


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """What becomes of monitors that are unplugged."""

    _inherit = "ocs.backend"

    unplugged_policy = fields.Selection(
        [
            ("keep", "Keep it on the last computer, marked as unplugged"),
            ("unlink", "Take it off the computer"),
            ("archive", "Take it off the computer, archive the asset later"),
        ],
        string="When a Monitor Is Unplugged",
        default="unlink",
        required=True,
        tracking=True,
        help="What is done when a computer does not report a monitor any more, and no "
        "other one reports it.",
    )
    unplugged_days = fields.Integer(
        string="Archive After",
        default=90,
        required=True,
        tracking=True,
        help="Days that a monitor is unplugged before its asset is archived. It is "
        "taken out of the archive when it is seen again.",
    )

    @api.constrains("unplugged_days")
    def _check_unplugged_days(self):
        if any(backend.unplugged_days < 1 for backend in self):
            raise ValidationError(
                self.env._("A monitor is archived after one day at least.")
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("unplugged_policy", "keep") != "keep":
            self._take_off_unplugged()
        return result

    def _take_off_unplugged(self):
        """Monitors that were kept on their last computer are on none from now on."""
        # sudo: as in an import; active_test: those of archived assets as well
        bindings = self.env["ocs.monitor.binding"].sudo()
        bindings.with_context(active_test=False).search(
            [
                ("backend_id", "in", self.ids),
                ("unplugged_since", "!=", False),
                ("computer_id", "!=", False),
            ]
        ).odoo_id.computer_id = False

    @api.model
    def _cron_archive_unplugged(self):
        """Archive the monitors that were unplugged for long, where that is wanted."""
        for backend in self.search([("unplugged_policy", "=", "archive")]):
            batch = backend._search_unplugged_for_long(BATCH_SIZE)
            batch._archive_unplugged()
            if len(batch) == BATCH_SIZE:
                self.env.ref("connector_ocs.ir_cron_archive_unplugged")._trigger()

    def _search_unplugged_for_long(self, limit):
        """Bindings of monitors whose asset is to be archived."""
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

    def _local_date(self, date):
        """When something happened, as people read it in the chatter.

        :param date: naive datetime in UTC
        :return: text, in the time zone of the OCS server
        """
        local = fields.Datetime.context_timestamp(self.with_context(tz=self.tz), date)
        return f"{local:%Y-%m-%d %H:%M}"
