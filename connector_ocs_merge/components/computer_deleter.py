# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsComputerDeleter(Component):
    """Deleter that merges the second asset of a machine into the first one.

    If a computer that was merged into the asset is still in OCS, the asset is rebound
    to it instead.
    """

    _inherit = "ocs.computer.deleter"

    def run(self, binding, reason):
        if not binding.removal_action and self._rebind_to_alias(binding):
            return None
        return super().run(binding, reason)

    def _handle_duplicate(self, binding, duplicate):
        """Merge the second asset into the older one, if nobody has used it.

        The older one is linked to the new ID from then on.
        """
        if self._can_merge(duplicate.binding.odoo_id, binding.odoo_id):
            self._merge(binding, duplicate)
            return True
        return super()._handle_duplicate(binding, duplicate)

    def _can_merge(self, duplicate, asset):
        """Return whether the second asset of a machine may be merged automatically.

        Users and other records refer to the older asset.
        """
        is_newer = duplicate.id > asset.id and duplicate._ocs_is_untouched()
        return is_newer and not (duplicate | asset)._ocs_merge_problem()

    def _merge(self, binding, duplicate):
        """Merge the second asset into the older one, and import its computer again.

        :param duplicate: ``Match`` of ``components/match_binding.py``
        """
        asset, present = binding.odoo_id, duplicate.binding
        external_id, name = present.external_id, present.name
        self.restore(binding)
        binding._mark_removed()  # so that the merge keeps the binding of the other one
        binding._log_new_id(external_id, duplicate.reason)
        self.env["ocs.asset.alias"]._before_rebind(binding, external_id)
        self.env["ocs.monitor.binding"]._rebind(
            self.backend_record, binding.external_id, external_id
        )
        connections = self.env["maintenance.equipment.connection"]
        connections._take_over(present.odoo_id, asset)
        is_linked = binding.is_linked
        merges = self.env["ocs.asset.merge"]
        merges._merge_automatically(asset, present.odoo_id)
        present.write({"is_linked": is_linked, **present._rebound(duplicate.reason)})
        self.model._enqueue_related(self.backend_record, external_id, name)

    def _rebind_to_alias(self, binding):
        """Rebind the asset to another computer that was merged into it, if OCS has one.

        :return: bool, whether the asset was rebound
        """
        for alias in self.env["ocs.asset.alias"]._find_by_binding(binding):
            external_id = int(alias.external_id)
            found = self.backend_adapter.list_ids(external_id - 1, 1)
            if external_id in found and not found[external_id].exclusion:
                binding._rebind(external_id, alias._reason())
                self.model._enqueue_related(
                    self.backend_record, external_id, binding.name
                )
                return True
        return False
