# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from itertools import combinations

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.identifiers import is_blacklisted_serial, is_blacklisted_uuid
from .maintenance_equipment import NOTE_OF_IMPORT
from .maintenance_equipment_duplicates import GROUP_MANAGER


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Assets that are one machine are made one."""

    _inherit = "maintenance.equipment"

    ocs_merge_ids = fields.One2many(
        "ocs.asset.merge",
        "destination_id",
        string="Merges",
        domain=[("state", "=", "done")],
        groups=GROUP_MANAGER,
    )
    ocs_merge_count = fields.Integer(
        string="Merged Assets",
        compute="_compute_ocs_merge_count",
        groups=GROUP_MANAGER,
    )

    @api.depends("ocs_merge_ids.merged_ids")
    def _compute_ocs_merge_count(self):
        for asset in self:
            asset.ocs_merge_count = len(asset.ocs_merge_ids.merged_ids)

    def unlink(self):
        # sudo: whoever deletes the asset; its aliases go with it, and what they kept
        # out of Odoo is looked at again
        self.env["ocs.asset.alias"].sudo()._let_in(self)
        return super().unlink()

    def _ocs_merge_problem(self):
        """Why these assets cannot be made one.

        :return: sentence that names the remedy, or None
        """
        if len(self) < 2:
            return self.env._("Choose at least two assets to merge.")
        if len({asset._ocs_kind() for asset in self} - {None}) > 1:
            return self.env._("A computer and a monitor cannot be merged.")
        if len({asset.company_id.id for asset in self}) > 1:
            return self.env._(
                "The assets are of different companies: give them the same company "
                "first, or leave them apart."
            )
        merged = self._ocs_merged_away()
        if merged:
            return self.env._(
                "“%s” was merged already: undo that merge first.", merged[0].name
            )
        return None

    def _ocs_merged_away(self):
        """Those of the assets that were merged into another one."""
        # sudo: whoever merged them
        merges = self.env["ocs.asset.merge"].sudo()
        done = merges.search([("state", "=", "done"), ("merged_ids", "in", self.ids)])
        return self & done.merged_ids.sudo(False)

    def _ocs_contradictions(self):
        """Serial numbers and UUIDs that say that these are several machines.

        :return: sentences
        """
        sentences = []
        for one, other in combinations(self, 2):
            serials = [each._ocs_good_serials() for each in (one, other)]
            if self._ocs_contradict(*serials):
                sentences.append(
                    self.env._(
                        "Their serial numbers differ: %(one)s and %(other)s.",
                        one=", ".join(sorted(serials[0])),
                        other=", ".join(sorted(serials[1])),
                    )
                )
            uuids = [one.hardware_uuid, other.hardware_uuid]
            if uuids[0] != uuids[1] and not any(map(is_blacklisted_uuid, uuids)):
                sentences.append(
                    self.env._(
                        "Their UUIDs differ: %(one)s and %(other)s.",
                        one=uuids[0],
                        other=uuids[1],
                    )
                )
        return sentences

    def _ocs_good_serials(self):
        asset = self.sudo().with_context(active_test=False)  # sudo: as in _ocs_kind
        bindings = (*asset.ocs_bind_ids, *asset.ocs_monitor_bind_ids)
        serials = (asset.serial_no, *(each.ocs_serial for each in bindings))
        return {
            each.strip().upper() for each in serials if not is_blacklisted_serial(each)
        }

    def _ocs_count_history(self):
        """What people have done with assets.

        :return: dict {id: dict of numbers: requests, monitors, attachments, messages,
            activities}
        """
        attached = [("res_model", "=", self._name)]
        notes = [
            ("model", "=", self._name),
            ("message_type", "!=", NOTE_OF_IMPORT),
        ]
        counts = {
            "requests": self._ocs_count("maintenance.request", "equipment_id"),
            "monitors": self._ocs_count(self._name, "computer_id"),
            "attachments": self._ocs_count("ir.attachment", "res_id", attached),
            "messages": self._ocs_count("mail.message", "res_id", notes),
            "activities": self._ocs_count("mail.activity", "res_id", attached),
        }
        return {
            asset.id: {name: found.get(asset.id, 0) for name, found in counts.items()}
            for asset in self
        }

    def _ocs_count(self, model, field, domain=()):
        """:return: dict {id of an asset: number of records}"""
        # sudo: what the user may not see is history all the same
        records = self.env[model].sudo().with_context(active_test=False)
        rows = records._read_group(
            [(field, "in", self.ids), *domain], [field], ["__count"]
        )
        return {getattr(key, "id", key): number for key, number in rows}

    def action_ocs_merge(self):
        """Ask which one is left of an asset and its duplicates, or of several."""
        alone = len(self) == 1
        return (self | self.ocs_duplicate_ids if alone else self)._ocs_ask_merge()

    def action_ocs_merge_selected(self):
        """Ask which one of the assets is left."""
        return self._ocs_ask_merge()

    def _ocs_ask_merge(self):
        self.env["ocs.asset.merge"]._check_manager()
        problem = self._ocs_merge_problem()
        if problem:
            raise UserError(problem)
        wizard = self.env["ocs.merge.wizard"].create(
            {"asset_ids": [fields.Command.set(self.ids)]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge Assets"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_ocs_view_merges(self):
        """What was merged into the asset."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs.ocs_asset_merge_action"
        )
        return dict(action, domain=[("destination_id", "in", self.ids)])
