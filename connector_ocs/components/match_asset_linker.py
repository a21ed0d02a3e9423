# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsAssetLinker(Component):
    """Linker of a computer in OCS to an existing asset.

    The asset keeps its ID, its history, and the values that an import only sets on new
    assets (category, company).
    """

    _name = "ocs.asset.linker"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "asset.linker"

    def run(self, computer_import):
        """Create the binding; the import then compares the asset with OCS.

        :param computer_import: :class:`.lib.computer_import.ComputerImport` whose
            ``match`` has an asset
        :return: binding
        """
        external_id, match = computer_import.external_id, computer_import.match
        binding = self._removed_binding(match.asset)
        if binding:
            binding._rebind(external_id, match.reason.rstrip("."))
            binding.match_reason = match.reason
        else:
            binding = self._bind(external_id, match)
            self._log_link(computer_import)
        self._unarchive(binding)
        match.asset._ocs_request_ambiguous()
        return binding

    def _removed_binding(self, asset):
        """Return the asset's binding to a computer removed from this OCS, if any."""
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

    def _log_link(self, computer_import):
        computer_import.match.asset._ocs_log(
            self.env._(
                "Linked to the computer “%(name)s” (ID %(id)s) in %(backend)s. "
                "%(reason)s",
                name=computer_import.name,
                id=computer_import.external_id,
                backend=self.backend_record.name,
                reason=computer_import.match.reason,
            )
        )

    def _unarchive(self, binding):
        """Unarchive the asset of a computer that is in OCS.

        The deleter does so if an import archived it when its computer was removed.
        """
        if binding.active or binding.removal_action == "archive":
            return
        binding.odoo_id.active = True
        binding.odoo_id._ocs_log(self.env._("The asset was unarchived."))
