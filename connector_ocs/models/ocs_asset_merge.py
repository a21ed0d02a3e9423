# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Writes leave no message in the chatter: one note tells all of them.
QUIET = {
    "active_test": False,
    "lang": None,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "ocs_same_computer": True,
    "tracking_disable": True,
}


class OcsAssetMerge(models.Model):
    """Assets that are one machine, made one; kept so that it can be undone."""

    _name = "ocs.asset.merge"
    _description = "Merge of Assets"
    _order = "id desc"

    destination_id = fields.Many2one(
        "maintenance.equipment",
        string="Asset",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The asset that is left: it has what all of them had.",
    )
    merged_ids = fields.Many2many(
        "maintenance.equipment",
        "ocs_asset_merge_equipment_rel",
        "merge_id",
        "equipment_id",
        string="Merged Assets",
        readonly=True,
        context={"active_test": False},
        help="They are archived, never deleted.",
    )
    company_id = fields.Many2one(related="destination_id.company_id", store=True)
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="done",
    )
    # whoever could write it could have any record changed when it is undone
    undo = fields.Json(readonly=True, groups="base.group_system")
    summary = fields.Text(
        string="What Was Moved", readonly=True, help="By kind of record."
    )
    not_restored = fields.Text(
        string="What Was Not Put Back",
        readonly=True,
        help="What had been deleted or changed again when the merge was undone.",
    )
    undone_by = fields.Many2one("res.users", readonly=True)
    undone_date = fields.Datetime(readonly=True)

    @api.depends("destination_id.name", "merged_ids.name")
    def _compute_display_name(self):
        for merge in self:
            merge.display_name = self.env._(
                "%(merged)s into %(destination)s",
                merged=", ".join(merge.merged_ids.mapped("name")),
                destination=merge.destination_id.name,
            )

    # Rights

    @api.model
    def _check_manager(self):
        """:raises AccessError: the user is no manager of OCS Inventory"""
        if not self.env.user.has_group("connector_ocs.group_ocs_manager"):
            raise AccessError(
                self.env._("Only a manager of OCS Inventory merges assets.")
            )

    # Merging

    @api.private
    @api.model
    def _merge(self, destination, others):
        """Make several assets one.

        :param destination: asset that is left
        :param others: assets that are merged into it, and archived
        :return: ocs.asset.merge
        :raises UserError: they cannot be one
        """
        self._check_manager()
        destination, others = destination.with_env(self.env), others.with_env(self.env)
        assets = destination | others
        assets.check_access("write")
        problem = assets._ocs_merge_problem()
        if problem or len(destination) != 1 or not others - destination:
            raise UserError(problem or self.env._("Choose the asset that is left."))
        # sudo: what refers to an asset follows it, also what this user may not see,
        # and nobody writes what undoes a merge
        merge = self.sudo().create(
            {
                "destination_id": destination.id,
                "merged_ids": [fields.Command.set((others - destination).ids)],
            }
        )
        merge._do_merge()
        return merge.sudo(False)

    def _do_merge(self):
        destination = self.destination_id.with_context(**QUIET)
        others = self.merged_ids.with_context(**QUIET).sorted("id")
        before = self._snapshot(destination)
        former = {
            str(other.id): {"active": other.active, "serial_no": other.serial_no}
            for other in others
        }
        written = destination._ocs_fields_as_written()
        fed_by = self._drop_bindings(destination, others)
        values = self._values_to_take(destination, others, fed_by)
        self._settle_serials(destination, others, fed_by)
        self._move_links(destination, others)
        others.write({"active": False})
        destination.write(values)
        self._leave_to_ocs(destination, fed_by.values(), written)
        self.env.flush_all()
        after = self._snapshot(destination)
        self._remember(
            others=former,
            values={
                name: [value, after[name]]
                for name, value in before.items()
                if value != after[name]
            },
        )
        self._import_anew(destination)
        destination._ocs_recheck_ambiguous()  # the others are no candidates any more
        self.summary = self._summarize()
        self._tell_merge()

    def _remember(self, **parts):
        """Add to what undoes the merge."""
        self.undo = {**(self.undo or {}), **parts}

    def _import_anew(self, assets):
        """The next run compares the assets with OCS."""
        assets.ocs_bind_ids.write({"digests": False})

    def _summarize(self):
        """What was moved, a line for each kind of record."""
        numbers = {}
        for link in self.undo.get("moved", []):
            label = self.env[link["model"]]._description
            numbers[label] = numbers.get(label, 0) + len(link["ids"])
        return "\n".join(f"{label}: {number}" for label, number in numbers.items())

    def _tell_merge(self):
        undo = self._get_html_link(title=self.env._("Undo"))
        for other in self.merged_ids:
            self.destination_id._message_log(
                body=Markup("%s %s")
                % (
                    self.env._(
                        "The asset “%(name)s” (id %(id)s) was merged into this one.",
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

    # Actions

    def action_undo(self):
        """Put everything back as far as it is still there."""
        self.ensure_one()
        self._check_manager()
        self.check_access("read")
        assets = self.destination_id | self.merged_ids
        assets.check_access("write")
        if self.state == "undone":
            raise UserError(self.env._("This merge was undone already."))
        later = self._later_merge()
        if later:
            raise UserError(
                self.env._(
                    "One of these assets was merged again afterwards (%s): undo that "
                    "merge first.",
                    later.display_name,
                )
            )
        self.sudo()._do_undo()  # sudo: as in _merge
        return True

    def _later_merge(self):
        """The last merge after this one that has something to do with its assets."""
        assets = self.destination_id | self.merged_ids
        # sudo: whatever the user may see of it
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
