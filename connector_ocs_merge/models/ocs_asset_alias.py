# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class OcsAssetAlias(models.Model):
    """ID in OCS of an asset that was merged into another one.

    The kept asset is bound to one computer of each OCS. The other computers create no
    asset again, and one of them takes over if the bound one is removed from OCS.
    """

    _name = "ocs.asset.alias"
    _inherit = "ocs.export.mixin"
    _description = "Other OCS ID of an Asset"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("computer", "Computer"), ("monitor", "Monitor")], required=True, readonly=True
    )
    external_id = fields.Char(
        string="ID in OCS",
        required=True,
        readonly=True,
        help="hardware.ID of a computer, or key of a monitor.",
    )
    device_id = fields.Char(
        string="Device ID",
        readonly=True,
        help="OCS agent of the computer. If another one reports under the ID, OCS uses "
        "the ID for another machine.",
    )
    odoo_id = fields.Many2one(
        "maintenance.equipment",
        string="Equipment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    merge_id = fields.Many2one(
        "ocs.asset.merge", required=True, readonly=True, index=True, ondelete="cascade"
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, kind, external_id)",
        "This OCS ID has already been merged into an asset.",
    )

    @api.model
    def _find(self, backend, kind, external_ids):
        """Return the aliases whose asset is bound to another ID in this OCS.

        :param kind: "computer" or "monitor"
        :param external_ids: list of int (hardware.ID), or str (keys of monitors)
        :return: dict {external ID: alias}, with the IDs as they were given
        """
        if not external_ids:
            return {}
        # sudo: whoever starts the import
        aliases = self.sudo().search(
            [
                ("backend_id", "=", backend.id),
                ("kind", "=", kind),
                ("external_id", "in", [str(each) for each in external_ids]),
            ]
        )
        # sudo: as above
        model = self.env[f"ocs.{kind}.binding"].sudo().with_context(active_test=False)
        bound = model.search(
            [("backend_id", "=", backend.id), ("odoo_id", "in", aliases.odoo_id.ids)]
        ).odoo_id
        known = {
            alias.external_id: alias for alias in aliases if alias.odoo_id in bound
        }
        return {each: known[str(each)] for each in external_ids if str(each) in known}

    @api.model
    def _find_computers(self, backend):
        """Return the aliases of computers whose OCS agent is known."""
        # sudo: as in _find
        return self.sudo().search(
            [
                ("backend_id", "=", backend.id),
                ("kind", "=", "computer"),
                ("device_id", "!=", False),
            ]
        )

    @api.model
    def _move(self, external_ids):
        """Change the IDs of merged computers, which another machine has in OCS now.

        :param external_ids: dict {id of an alias: hardware.ID, 0 for none}
        """
        for alias in self.browse(external_ids):
            issues = self.env["ocs.import.issue"]
            issue = issues._find(alias.backend_id, int(alias.external_id))
            issue.filtered(lambda each: not each.decision).unlink()
            alias.external_id = str(-alias.id)  # no computer in OCS has it
        self.env.flush_all()
        for alias in self.browse(external_ids):
            if external_ids[alias.id]:
                alias.external_id = str(external_ids[alias.id])

    def _binding(self):
        """Return the binding of the asset to the same OCS.

        :return: binding of a computer or a monitor, or empty
        """
        model = self.env[f"ocs.{self.kind}.binding"].with_context(active_test=False)
        return model.search(
            [
                ("backend_id", "=", self.backend_id.id),
                ("odoo_id", "=", self.odoo_id.id),
            ],
            limit=1,
        )

    @api.model
    def _before_rebind(self, binding, external_id):
        """Update the aliases of an asset that is rebound to another ID.

        If that ID was merged into the asset, the alias gets the former ID.

        :param binding: binding of a computer, before it is rebound
        :param external_id: int, new hardware.ID
        """
        backend, former = binding.backend_id, binding.external_id
        alias = self._find(backend, "computer", [external_id]).get(external_id)
        if alias:
            issues = self.env["ocs.import.issue"]._find(backend, external_id)
            issues.filtered(lambda issue: issue.reason == "ignored").unlink()
            alias.write({"external_id": str(former), "device_id": binding.device_id})
        # sudo: as in _find
        monitors = self.sudo().search(
            [
                ("backend_id", "=", backend.id),
                ("kind", "=", "monitor"),
                ("external_id", "=like", f"{former}/%"),
            ]
        )
        for monitor in monitors:
            place = monitor.external_id.removeprefix(f"{former}/")
            monitor._change_key(f"{external_id}/{place}")

    def _change_key(self, key):
        """Change the key, or delete the alias if the key is already an alias."""
        if self._find(self.backend_id, self.kind, [key]):
            self.unlink()
        else:
            self.external_id = key

    @api.model
    def _find_by_binding(self, binding):
        """Return the aliases of other computers in the same OCS.

        :param binding: binding of a computer
        """
        # sudo: as in _find
        return self.sudo().search(
            [
                ("backend_id", "=", binding.backend_id.id),
                ("kind", "=", "computer"),
                ("odoo_id", "=", binding.odoo_id.id),
            ],
            order="id desc",
        )

    @api.model
    def _request_merged(self, assets):
        """Request the imports of computers whose merged asset is being deleted."""
        issues = self.env["ocs.import.issue"]
        aliases = self.search(
            [("kind", "=", "computer"), ("odoo_id", "in", assets.ids)]
        )
        for backend, theirs in aliases.grouped("backend_id").items():
            ids = [int(alias.external_id) for alias in theirs]
            issues |= issues.search(
                [("backend_id", "=", backend.id), ("external_id", "in", ids)]
            )
        ignored = issues.filtered(lambda each: each.reason == "ignored")
        ignored._request_import("merged")

    def _reason(self):
        """Return why a binding is rebound to this ID."""
        return self.env._("both were merged into this asset")

    def _explain(self):
        """Return why a computer is not imported."""
        return self.env._(
            "Merged into the asset “%(name)s” (ID %(id)s), which is linked to another "
            "computer in OCS. To import it as a separate asset, undo the merge.",
            name=self.odoo_id.name,
            id=self.odoo_id.id,
        )
