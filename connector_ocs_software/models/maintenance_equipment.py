# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class MaintenanceEquipment(models.Model):
    """Software that OCS reports for a computer."""

    _inherit = "maintenance.equipment"

    ocs_installation_ids = fields.One2many(
        "ocs.software.installation",
        "equipment_id",
        string="Software",
        readonly=True,
        groups="connector_ocs.group_ocs_user",
    )
    ocs_software_count = fields.Integer(
        string="Installed Software",
        compute="_compute_ocs_software_count",
        groups="connector_ocs.group_ocs_user",
    )

    def _compute_ocs_software_count(self):
        groups = self.env["ocs.software.installation"]._read_group(
            [("equipment_id", "in", self.ids)], ["equipment_id"], ["__count"]
        )
        counts = {equipment.id: count for equipment, count in groups}
        for equipment in self:
            equipment.ocs_software_count = counts.get(equipment.id, 0)

    @api.model
    def _ocs_imported_models(self):
        return super()._ocs_imported_models() | {"ocs.software.installation"}

    def action_view_ocs_software(self):
        """Open the list of the software of the computer."""
        self.check_access("read")
        self.env["ocs.software.installation"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs_software.ocs_software_installation_action"
        )
        return {**action, "domain": [("equipment_id", "in", self.ids)], "context": {}}
