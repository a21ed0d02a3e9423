# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .ocs_undo_mixin import QUIET


class OcsAssetMerge(models.Model):
    """Merge of several assets into one, which can be undone."""

    _name = "ocs.asset.merge"
    _inherit = [
        "ocs.asset.merge.bindings",
        "ocs.asset.merge.links",
        "ocs.asset.merge.values",
    ]
    _description = "Asset Merge"
    _order = "id desc"

    destination_id = fields.Many2one(
        "maintenance.equipment",
        string="Kept Asset",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Asset that took over the data and history of the merged assets.",
    )
    merged_ids = fields.Many2many(
        "maintenance.equipment",
        "ocs_asset_merge_equipment_rel",
        "merge_id",
        "equipment_id",
        string="Merged Assets",
        readonly=True,
        context={"active_test": False},
        help="Merged assets are archived, never deleted.",
    )
    company_id = fields.Many2one(related="destination_id.company_id", store=True)
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Undone")],
        string="Status",
        required=True,
        readonly=True,
        default="done",
    )
    not_restored = fields.Text(
        readonly=True,
        help="Records and values that were deleted or changed before the merge was "
        "undone.",
    )
    undone_by = fields.Many2one("res.users", readonly=True)
    undone_date = fields.Datetime(string="Undone On", readonly=True)

    @api.depends("destination_id.name", "merged_ids.name")
    def _compute_display_name(self):
        for merge in self:
            merge.display_name = self.env._(
                "%(merged)s into %(destination)s",
                merged=", ".join(merge.merged_ids.mapped("name")),
                destination=merge.destination_id.name,
            )

    # Permissions

    @api.model
    def _check_manager(self):
        """Check that the user is a manager of OCS Inventory.

        :raises AccessError: the user is not
        """
        if not self.env.user.has_group("connector_ocs.group_ocs_manager"):
            raise AccessError(
                self.env._("Only managers of OCS Inventory can merge assets.")
            )

    def _check_assets(self):
        """Check that the user may write all the assets.

        :raises AccessError: the user may not
        """
        # sudo: the field leaves out the assets that the user cannot see
        assets = self.sudo().destination_id | self.sudo().merged_ids
        assets.sudo(False).check_access("write")

    # Merging

    @api.private
    @api.model
    def _merge(self, destination, others):
        """Merge several assets into one.

        :param destination: asset to keep
        :param others: assets to merge into it and to archive
        :return: ocs.asset.merge
        :raises UserError: the assets cannot be merged
        """
        self._check_manager()
        destination, others = destination.with_env(self.env), others.with_env(self.env)
        assets = destination | others
        assets.check_access("write")
        assets._ocs_check_backends()
        problem = assets._ocs_merge_problem()
        if problem or len(destination) != 1 or not others - destination:
            raise UserError(problem or self.env._("Choose the asset to keep."))
        # sudo: records that the user cannot see move, too, and users cannot write
        # the data that undoes a merge
        merge = self.sudo().create(
            {
                "destination_id": destination.id,
                "merged_ids": [fields.Command.set((others - destination).ids)],
            }
        )
        merge._do_merge()
        return merge.sudo(False)

    @api.private
    @api.model
    def _merge_automatically(self, destination, others):
        """Merge assets that an import has found to be one machine.

        :param destination: asset to keep
        :param others: assets to merge into it and to archive
        :return: ocs.asset.merge, which a user can undo
        """
        # sudo: an import merges with all rights, whoever starts it
        merge = self.sudo().create(
            {
                "destination_id": destination.id,
                "merged_ids": [fields.Command.set(others.ids)],
            }
        )
        merge._do_merge()
        return merge

    def _do_merge(self):
        destination = self.destination_id.with_context(**QUIET)
        others = self.merged_ids.with_context(**QUIET).sorted("id")
        before = self._snapshot(destination)
        former = {
            str(other.id): {"active": other.active, "serial_no": other.serial_no}
            for other in others
        }
        imported = destination._ocs_imported_fields()
        moved = self._drop_bindings(destination, others)
        values = self._values_to_take(destination, others, moved)
        self._assign_serials(destination, others, moved)
        self._move_links(destination, others)
        others.write({"active": False})
        destination.write(values)
        self._mark_as_imported(destination, moved.values(), imported)
        self.env.flush_all()
        after = self._snapshot(destination)
        self._add_to_undo(
            others=former,
            values={
                name: [value, after[name]]
                for name, value in before.items()
                if value != after[name]
            },
        )
        self._force_reimport(destination)
        destination._ocs_request_ambiguous()  # the others are no longer candidates
        self._log_merge()

    def _force_reimport(self, assets):
        """Make the next run compare the assets with OCS."""
        assets.ocs_bind_ids._request_import("merged")
        backends = assets.ocs_bind_ids.backend_id
        self.env["ocs.shared.identifier"]._decide_again(backends)

    def _log_merge(self):
        undo = self._get_html_link(title=self.env._("Undo"))
        for other in self.merged_ids:
            self.destination_id._message_log(
                body=Markup("%s %s")
                % (
                    self.env._(
                        "The asset “%(name)s” (ID %(id)s) was merged into this one.",
                        name=other.name,
                        id=other.id,
                    ),
                    undo,
                )
            )
            other._message_log(
                body=Markup("%s %s %s")
                % (
                    self.env._("This asset was merged into another one:"),
                    self.destination_id._get_html_link(),
                    undo,
                )
            )

    # Undo

    def _do_undo(self):
        destination = self.destination_id.with_context(**QUIET)
        others = self.merged_ids.with_context(**QUIET).exists()
        imported = self._imported_values(destination)
        lost = self._restore_serials(destination, others, imported)
        lost += self._move_links_back(destination)
        lost += self._restore_bindings()
        self._restore_imported_values()
        lost += self._restore_values(destination)
        self._update_imported_values(destination, imported)
        for other in others:
            other.active = self.undo["others"][str(other.id)]["active"]
        deleted = len(self.undo["others"]) - len(others)
        if deleted:
            lost.append(self.env._("Deleted assets: %s.", deleted))
        for asset in destination | others:
            asset.ocs_bind_ids._update_has_locked_fields()
            asset.ocs_monitor_bind_ids._update_has_locked_fields()
        self._force_reimport(destination | others)
        self.write(
            {
                "state": "undone",
                "not_restored": "\n".join(lost) or False,
                "undone_by": self.env.uid,
                "undone_date": fields.Datetime.now(),
            }
        )
        self._log_undo(others)

    def _log_undo(self, others):
        for asset in self.destination_id | others:
            asset._message_log(
                body=self.env._("The merge of %s was undone.", self.display_name)
            )

    # Actions

    def action_undo(self):
        """Undo the merge, and restore everything that still exists."""
        self.ensure_one()
        self._check_manager()
        self.check_access("read")
        self._check_assets()
        (self.destination_id | self.merged_ids)._ocs_check_backends()
        if self.state == "undone":
            raise UserError(self.env._("This merge has already been undone."))
        later = self._later_merge()
        if later:
            raise UserError(
                self.env._(
                    "One of these assets was merged again later (%s). Undo that merge "
                    "first.",
                    later.display_name,
                )
            )
        self.sudo()._do_undo()  # sudo: as in _merge
        return True

    def _later_merge(self):
        """Return the last merge after this one that involves its assets."""
        assets = self.destination_id | self.merged_ids
        # sudo: merges that the user cannot see count, too
        return self.sudo().search(
            [
                ("id", ">", self.id),
                ("state", "=", "done"),
                "|",
                ("destination_id", "in", assets.ids),
                ("merged_ids", "in", assets.ids),
            ],
            limit=1,
        )
