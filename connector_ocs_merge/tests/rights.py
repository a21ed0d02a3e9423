# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

"""Records of each model of this addon, and arguments of its methods."""

from odoo import Command

from odoo.addons.connector_ocs.tests.rights import RightsMixin


class MergeRightsMixin(RightsMixin):
    """Mixin with a record of each model of this addon."""

    addon = "connector_ocs_merge"
    shared = ()

    def create_records(self, company):
        records = super().create_records(company)
        computers = self.env["ocs.computer.binding"].search(
            [("backend_id", "=", records["ocs.backend"].id)], order="external_id"
        )
        _first, kept, other = computers.odoo_id
        merge = self.env["ocs.asset.merge"]._merge(kept, other)
        aliases = self.env["ocs.asset.alias"].search([("merge_id", "=", merge.id)])
        return {**records, "ocs.asset.merge": merge, "ocs.asset.alias": aliases[:1]}

    def _wizard_values(self, wizards, company):
        records = self.records[company]
        asset = records["maintenance.equipment"]
        assets = asset | records["ocs.asset.merge"].destination_id
        merge = {"asset_ids": [Command.set(assets.ids)], "is_one_machine": True}
        if wizards._name == "ocs.merge.batch":
            return {"wizard_ids": [Command.create(merge)]}
        return merge

    def same_value(self, record):
        if record._name == "ocs.merge.batch":  # it has no field of a plain type
            return {"wizard_ids": [Command.set(record.wizard_ids.ids)]}
        return super().same_value(record)

    def values_of_another(self, record):
        values = super().values_of_another(record)
        if record._name == "ocs.asset.alias":  # constraints would come first
            values["external_id"] = "999"
        return values
