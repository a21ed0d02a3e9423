# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class OcsAssetAlias(models.Model):
    """What OCS still has of an asset that was merged into another one.

    The asset that is left is bound to one computer of each OCS. The others make no
    asset again, and one of them takes over when OCS lets the first one go.
    """

    _name = "ocs.asset.alias"
    _description = "Other Id of an Asset in OCS"

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
        help="hardware.ID of a computer, the key of a monitor.",
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
        "This id of OCS was merged into an asset already.",
    )

    @api.model
    def _find(self, backend, kind, external_ids):
        """Aliases whose asset has another id in this OCS.

        :param kind: "computer" or "monitor"
        :param external_ids: list of int (hardware.ID), or str (keys of monitors)
        :return: dict {external id: alias}, the ids as they were given
        """
        if not external_ids:
            return {}
        # sudo: an import asks, and whoever may import
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

    def _binding(self):
        """What the asset is bound to in the same OCS.

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
    def _follow(self, binding, external_id):
        """An asset goes on under another id: of two that were merged, they change
        places.

        :param binding: binding of a computer, before it moves
        :param external_id: int, hardware.ID of now
        """
        backend, former = binding.backend_id, binding.external_id
        alias = self._find(backend, "computer", [external_id]).get(external_id)
        if alias:
            issues = self.env["ocs.import.issue"]._find(backend, external_id)
            issues.filtered(lambda issue: issue.reason == "ignored").unlink()
            alias.external_id = str(former)
        # sudo: as in _find
        places = self.sudo().search(
            [
                ("backend_id", "=", backend.id),
                ("kind", "=", "monitor"),
                ("external_id", "=like", f"{former}/%"),
            ]
        )
        for monitor in places:
            place = monitor.external_id.removeprefix(f"{former}/")
            monitor._take_key(f"{external_id}/{place}")

    def _take_key(self, key):
        """Be known by another key, unless there is one like it already."""
        if self._find(self.backend_id, self.kind, [key]):
            self.unlink()
        else:
            self.external_id = key

    @api.model
    def _of(self, binding):
        """Other computers of the same OCS that were merged into an asset.

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
    def _let_in(self, assets):
        """Look again at the computers that were merged into assets that go."""
        issues = self.env["ocs.import.issue"]
        aliases = self.search(
            [("kind", "=", "computer"), ("odoo_id", "in", assets.ids)]
        )
        for backend, theirs in aliases.grouped("backend_id").items():
            ids = [int(alias.external_id) for alias in theirs]
            issues |= issues.search(
                [("backend_id", "=", backend.id), ("external_id", "in", ids)]
            )
        issues.filtered(lambda each: each.reason == "ignored").digests = False

    def _reason(self):
        """Why a binding goes on under this id."""
        return self.env._("both were merged into this asset")

    def _explain(self):
        """Why a computer is not imported."""
        return self.env._(
            "Merged into the asset “%(name)s” (id %(id)s), which another computer of "
            "OCS describes. To import it as an asset of its own, undo the merge.",
            name=self.odoo_id.name,
            id=self.odoo_id.id,
        )
