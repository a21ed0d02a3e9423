# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsAssetLinker(Component):
    """Links a computer of OCS to an asset that is there already.

    The asset keeps its id, its history and what an import only gives to a new asset
    (category, company).
    """

    _name = "ocs.asset.linker"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "asset.linker"

    def run(self, external_id, match, computer):
        """Make the binding; the import then compares the asset with OCS.

        :param external_id: int, hardware.ID
        :param match: :class:`odoo.addons.connector_ocs.components.asset_matcher
            .AssetMatch` with an asset
        :param computer: nested dict of the computer
        :return: binding
        """
        binding = self._former(match.asset)
        if binding:
            binding._rebind(external_id, match.reason.rstrip("."))
            binding.match_reason = match.reason
        else:
            binding = self._bind(external_id, match)
            self._tell(match.asset, external_id, match.reason, computer)
        self._unarchive(binding)
        match.asset._ocs_recheck_ambiguous()
        return binding

    def _former(self, asset):
        """The asset's binding of a computer of this OCS that is gone."""
        bindings = asset.ocs_bind_ids
        return bindings.filtered(lambda each: each.backend_id == self.backend_record)

    def _bind(self, external_id, match):
        quiet = self.model.with_context(
            lang=None, tracking_disable=True, mail_create_nolog=True
        )
        binding = quiet.create(
            {
                "backend_id": self.backend_record.id,
                "external_id": external_id,
                "odoo_id": match.asset.id,
                "is_linked": True,
                **self.model._matched(match.reason),
            }
        )
        self.binder.bind(external_id, binding)
        return binding.with_env(self.env)

    def _tell(self, asset, external_id, reason, computer):
        asset._ocs_log(
            self.env._(
                "This asset is the computer “%(name)s” (id %(id)s) of %(backend)s from "
                "now on. %(reason)s",
                name=computer["hardware"]["NAME"],
                id=external_id,
                backend=self.backend_record.name,
                reason=reason,
            )
        )

    def _unarchive(self, binding):
        """An asset whose computer is in OCS is no asset of the past.

        What an import did when a computer left is undone by the deleter.
        """
        if binding.active or binding.removal_action == "archive":
            return
        binding.odoo_id.active = True
        binding.odoo_id._ocs_log(self.env._("The asset is taken out of the archive."))
