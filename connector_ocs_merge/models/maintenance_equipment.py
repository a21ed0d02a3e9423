# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from itertools import combinations

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.connector_ocs.lib.identifiers import (
    is_blacklisted_serial,
    plain_serial,
    plain_uuid,
)
from odoo.addons.connector_ocs.models.maintenance_equipment import IMPORT_MESSAGE_TYPE

from .ocs_duplicates_mixin import GROUP_MANAGER


class MaintenanceEquipment(models.Model):
    """Equipment that can be merged with its duplicates."""

    _name = "maintenance.equipment"
    _inherit = [
        "maintenance.equipment",
        "ocs.duplicates.mixin",
        "ocs.comparison.mixin",
    ]

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
        # sudo: whoever deletes the asset; its aliases are deleted with it, and the
        # computers that they kept out of Odoo are checked again
        self.env["ocs.asset.alias"].sudo()._request_merged(self)
        return super().unlink()

    def _ocs_merge_problem(self):
        """Return why these assets cannot be merged.

        :return: sentence that says what to do, or None
        """
        if len(self) < 2:
            return self.env._("Choose at least two assets to merge.")
        if len({asset._ocs_kind() for asset in self} - {None}) > 1:
            return self.env._("A computer and a monitor cannot be merged.")
        if len({asset.company_id.id for asset in self}) > 1:
            return self.env._(
                "The assets belong to different companies. Give them the same company "
                "first, or keep them separate."
            )
        merged = self._ocs_merged_away()
        if merged:
            return self.env._(
                "“%s” has already been merged. Undo that merge first.", merged[0].name
            )
        return None

    def _ocs_merged_away(self):
        """Return the assets that were merged into another one."""
        # sudo: whoever merged them
        merges = self.env["ocs.asset.merge"].sudo()
        done = merges.search([("state", "=", "done"), ("merged_ids", "in", self.ids)])
        return self & done.merged_ids.sudo(False)

    def _ocs_contradictions(self):
        """Return the serial numbers and UUIDs that point to several machines.

        :return: sentences
        :raises AccessError: the user may not read the assets
        """
        self.check_access("read")
        sentences = []
        for one, other in combinations(self, 2):
            serials = [each._ocs_real_serials() for each in (one, other)]
            if self._ocs_serials_differ(*serials):
                sentences.append(
                    self.env._(
                        "Their serial numbers differ: %(one)s and %(other)s.",
                        one=", ".join(sorted(serials[0])),
                        other=", ".join(sorted(serials[1])),
                    )
                )
            uuids = [one.hardware_uuid, other.hardware_uuid]
            if len({plain_uuid(each) for each in uuids if plain_uuid(each)}) > 1:
                sentences.append(
                    self.env._(
                        "Their UUIDs differ: %(one)s and %(other)s.",
                        one=uuids[0],
                        other=uuids[1],
                    )
                )
        return sentences

    def _ocs_real_serials(self):
        asset = self.sudo().with_context(active_test=False)  # sudo: as in _ocs_kind
        bindings = (*asset.ocs_bind_ids, *asset.ocs_monitor_bind_ids)
        serials = (asset.serial_no, *(each.ocs_serial for each in bindings))
        return {
            plain_serial(each) for each in serials if not is_blacklisted_serial(each)
        }

    def _ocs_count_history(self):
        """Count the records of these assets that a merge moves.

        :return: dict {id: dict of numbers: requests, monitors, attachments, messages,
            activities, and notes: the messages that users wrote}
        :raises AccessError: the user may not read the assets
        """
        self.check_access("read")
        attached = [("res_model", "=", self._name)]
        messages = [("model", "=", self._name)]
        notes = [*messages, ("message_type", "!=", IMPORT_MESSAGE_TYPE)]
        counts = {
            "requests": self._ocs_count("maintenance.request", "equipment_id"),
            "monitors": self._ocs_count(self._name, "computer_id"),
            "attachments": self._ocs_count("ir.attachment", "res_id", attached),
            "messages": self._ocs_count("mail.message", "res_id", messages),
            "notes": self._ocs_count("mail.message", "res_id", notes),
            "activities": self._ocs_count("mail.activity", "res_id", attached),
        }
        return {
            asset.id: {name: found.get(asset.id, 0) for name, found in counts.items()}
            for asset in self
        }

    def _ocs_count(self, model, field, domain=()):
        """Count the records that refer to each of these assets.

        :return: dict {ID of an asset: number of records}
        """
        # sudo: records that the user cannot see count, too
        records = self.env[model].sudo().with_context(active_test=False)
        rows = records._read_group(
            [(field, "in", self.ids), *domain], [field], ["__count"]
        )
        return {getattr(key, "id", key): number for key, number in rows}

    def action_ocs_merge(self):
        """Open the merge wizard for each asset and its duplicates.

        Several selected assets are merged with those of them that are their
        duplicates, or with all their duplicates if none of these is selected.
        """
        self.check_access("write")
        groups = self._ocs_duplicate_groups()
        if len(groups) == 1:
            return groups[0]._ocs_open_merge_wizard()
        return self._ocs_open_merge_batch(groups)

    def _ocs_duplicate_groups(self):
        """Return groups of assets that may be one machine each.

        :return: list of maintenance.equipment
        """
        groups = []
        for asset in self:
            others = asset.ocs_duplicate_ids
            group = asset | ((others & self) or others)
            for known in [each for each in groups if each & group]:
                groups.remove(known)
                group |= known
            groups.append(group)
        groups = [group.sorted("id") for group in groups]
        return sorted(groups, key=lambda group: group.ids)

    def action_ocs_merge_selected(self):
        """Open the merge wizard for the selected assets."""
        return self._ocs_open_merge_wizard()

    def _ocs_open_merge_wizard(self):
        self.env["ocs.asset.merge"]._check_manager()
        self.check_access("write")
        problem = self._ocs_merge_problem()
        if problem:
            raise UserError(problem)
        wizard = self.env["ocs.merge.wizard"].create(
            {"asset_ids": [fields.Command.set(self.ids)]}
        )
        return wizard._open(self.env._("Merge Assets"))

    def _ocs_open_merge_batch(self, groups):
        self.env["ocs.asset.merge"]._check_manager()
        batch = self.env["ocs.merge.batch"].create(
            {
                "wizard_ids": [
                    fields.Command.create(
                        {"asset_ids": [fields.Command.set(group.ids)]}
                    )
                    for group in groups
                ]
            }
        )
        return batch._open(self.env._("Merge Several Assets"))

    def action_ocs_view_merges(self):
        """Open the merges into this asset."""
        self.check_access("read")
        self.env["ocs.asset.merge"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs_merge.ocs_asset_merge_action"
        )
        return dict(action, domain=[("destination_id", "in", self.ids)])
