# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from .maintenance_equipment import IMPORT_MESSAGE_TYPE


class OcsMonitorBinding(models.Model):
    """A monitor that OCS reports (table monitors) and its asset."""

    _name = "ocs.monitor.binding"
    _inherit = "ocs.binding"
    _inherits = {"maintenance.equipment": "odoo_id"}
    _description = "OCS Monitor"
    _order = "backend_id, external_id"

    external_id = fields.Char(
        string="Key in OCS",
        required=True,
        readonly=True,
        help="The serial number; without one, the computer's id in OCS and the make.",
    )
    ocs_manufacturer = fields.Char(
        string="Manufacturer in OCS",
        readonly=True,
        help="Tells two monitors of different makers apart that have one serial "
        "number.",
    )
    unplugged_action = fields.Selection(
        [
            ("archive", "Archived"),
            ("keep", "Taken out of the archive by hand"),
        ],
        string="Done to the Unplugged Asset",
        readonly=True,
        index="btree_not_null",
        help="What was done to the asset when the monitor was not seen for long: "
        "undone when it is seen again.",
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This monitor of OCS is bound to an asset already.",
    )
    _odoo_id_uniq = models.Constraint(
        "UNIQUE(backend_id, odoo_id)",
        "This asset is bound to a monitor of the same OCS already.",
    )

    def action_open_equipment(self):
        """The form of the asset."""
        self.ensure_one()
        return self.odoo_id._get_records_action()

    @api.model
    def _rebind(self, backend, former, external_id):
        """A computer has another id: monitors without serial number are known by it.

        One that the new id has already gives way, unless it has a history: then the
        other one stays behind, and the next import detaches it.

        :param former: int, hardware.ID before
        :param external_id: int, hardware.ID of now
        """
        found = self._search_keys(backend, "=like", f"{former}/%")
        for monitor in found.filtered(lambda each: each.external_id != each.ocs_serial):
            place = monitor.external_id.removeprefix(f"{former}/")
            monitor._take_key(f"{external_id}/{place}")

    def _take_key(self, key):
        """Be known by another key, in the place of an equal monitor that has it.

        One that people have used keeps it: this one is then on no computer after the
        next import.
        """
        equal = self._search_keys(self.backend_id, "=", key).odoo_id
        if equal and not equal._ocs_is_untouched():
            return
        equal.unlink()
        self.external_id = key

    def _archive_unplugged(self):
        """Archive the assets of monitors that were not seen for long."""
        bodies = {
            binding.odoo_id.id: self.env._(
                "This monitor was seen on no computer since %s: the asset is archived.",
                binding.backend_id._local_date(binding.unplugged_since),
            )
            for binding in self
        }
        self.odoo_id.with_context(tracking_disable=True).active = False
        self.unplugged_action = "archive"
        self.odoo_id._message_log_batch(bodies, message_type=IMPORT_MESSAGE_TYPE)

    def _stay_active(self):
        """A person takes them out of the archive: they are not archived again.

        Until they are seen on a computer, and unplugged anew.
        """
        archived = self.filtered(lambda each: each.unplugged_action == "archive")
        archived.unplugged_action = "keep"

    @api.model
    def _search_keys(self, backend, operator, key):
        return self.with_context(active_test=False).search(
            [("backend_id", "=", backend.id), ("external_id", operator, key)]
        )
