# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from ..lib.identifiers import plain_serial
from ..lib.monitors import describe
from .maintenance_equipment import IMPORT_MESSAGE_TYPE


class OcsMonitorBinding(models.Model):
    """Binding between a monitor in OCS (table monitors) and its asset."""

    _name = "ocs.monitor.binding"
    _inherit = "ocs.binding"
    _inherits = {"maintenance.equipment": "odoo_id"}
    _description = "OCS Monitor"
    _order = "backend_id, external_id"

    external_id = fields.Char(
        string="Key in OCS",
        required=True,
        readonly=True,
        help="Serial number of the monitor, without blanks. If it has none of its own, "
        "the ID of its computer in OCS with the manufacturer, the model and the date "
        "of manufacture.",
    )
    ocs_manufacturer = fields.Char(
        string="Manufacturer in OCS",
        readonly=True,
        help="Distinguishes monitors of different manufacturers that share a serial "
        "number.",
    )
    ocs_caption = fields.Char(string="Caption in OCS", readonly=True)
    ocs_description = fields.Char(
        string="Description in OCS",
        readonly=True,
        help="Agents report the week and year of manufacture here.",
    )
    unplugged_action = fields.Selection(
        [
            ("archive", "Archived"),
            ("keep", "Unarchived manually"),
        ],
        string="Action on the Unplugged Asset",
        readonly=True,
        index="btree_not_null",
        help="What was done to the asset when the monitor had not been seen for a long "
        "time. It is undone when the monitor is seen again.",
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This OCS monitor is already linked to an asset.",
    )
    _odoo_id_uniq = models.Constraint(
        "UNIQUE(backend_id, odoo_id)",
        "This asset is already linked to a monitor of the same OCS backend.",
    )

    def action_open_equipment(self):
        """Open the form of the asset."""
        self.ensure_one()
        return self.odoo_id._get_records_action()

    def _description_in_ocs(self):
        """Return what OCS has reported of this monitor, see ``lib/monitors.py``."""
        return describe(
            {
                "CAPTION": self.ocs_caption or "",
                "DESCRIPTION": self.ocs_description or "",
                "MANUFACTURER": self.ocs_manufacturer or "",
                "SERIAL": self.ocs_serial or "",
            }
        )

    @api.model
    def _rebind(self, backend, former, external_id):
        """Rebind the monitors whose key contains the former ID of their computer.

        :param former: int, the former hardware.ID
        :param external_id: int, the new hardware.ID
        """
        found = self._search_keys(backend, "=like", f"{former}/%")
        for monitor in found:
            if monitor.external_id != plain_serial(monitor.ocs_serial):
                place = monitor.external_id.removeprefix(f"{former}/")
                monitor._change_key(f"{external_id}/{place}")

    def _change_key(self, key):
        """Change the key, unless another monitor already has it."""
        if not self._search_keys(self.backend_id, "=", key):
            self.external_id = key

    def _archive_unplugged(self):
        """Archive the assets of monitors that have not been seen for a long time."""
        bodies = {
            binding.odoo_id.id: self.env._(
                "Archived: this monitor has not been seen on any computer since %s.",
                binding.backend_id._local_time(binding.unplugged_since),
            )
            for binding in self
        }
        self.odoo_id.with_context(tracking_disable=True).active = False
        self.unplugged_action = "archive"
        self.odoo_id._message_log_batch(bodies, message_type=IMPORT_MESSAGE_TYPE)

    def _stay_active(self):
        """Keep unplugged monitors active that a user has unarchived.

        They are not archived until they are seen on a computer and unplugged again.
        """
        archived = self.filtered(lambda each: each.unplugged_action == "archive")
        archived.unplugged_action = "keep"

    @api.model
    def _search_keys(self, backend, operator, key):
        return self.with_context(active_test=False).search(
            [("backend_id", "=", backend.id), ("external_id", operator, key)]
        )
