# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields

from odoo.addons.component.core import Component


class OcsComputerDeleter(Component):
    """Deleter that applies the backend's removal policy to the asset of a computer.

    It runs when a computer was removed from OCS. No asset is deleted, and the policy is
    undone when the computer is back in OCS. Both are logged in the chatter of the
    asset.
    """

    _name = "ocs.computer.deleter"
    _inherit = ["base.deleter", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "record.deleter"

    # The base class only says that it is not implemented.
    def run(self, binding, reason):  # pylint: disable=method-required-super
        """Apply the policy to the asset, once.

        :param binding: binding of a computer
        :param reason: sentence for the chatter
        """
        if binding.removal_action or self._rebind_to_alias(binding):
            return
        policy = getattr(self, f"_{self.backend_record.removal_policy}")
        binding.removal_action, done = policy(binding.odoo_id)
        self._log(binding, f"{reason} {done}")

    def handle_removed(self, binding):
        """Apply the policy to a computer that OCS no longer has.

        A machine that was reinstalled has a second asset if it was imported under its
        new ID before OCS merged the two computers. If nobody has used that asset, it is
        merged into the older one, which is linked to the new ID from then on.

        :param binding: binding of a computer that a run found to be removed from OCS
        """
        duplicate = self.component(usage="record.matcher").find_duplicate(binding)
        if duplicate and self._can_merge(duplicate.binding.odoo_id, binding.odoo_id):
            self._merge(binding, duplicate)
            return
        reason = self.env._("This computer was removed from OCS.")
        if duplicate:
            reason += " " + self.env._(
                "The asset %(name)s (ID %(id)s) is the same machine: %(reason)s. Both "
                "assets are kept.",
                name=duplicate.binding.name,
                id=duplicate.binding.odoo_id.id,
                reason=duplicate.reason,
            )
        self.run(binding, reason)

    def _can_merge(self, duplicate, asset):
        """Return whether the second asset of a machine may be merged automatically.

        Users and other records refer to the older asset.
        """
        is_newer = duplicate.id > asset.id and duplicate._ocs_is_untouched()
        return is_newer and not (duplicate | asset)._ocs_merge_problem()

    def _merge(self, binding, duplicate):
        """Merge the second asset into the older one, and import its computer again.

        :param duplicate: :class:`.matcher.Match`
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
        self.model._enqueue_import(self.backend_record, external_id, name)

    def _rebind_to_alias(self, binding):
        """Rebind the asset to another computer that was merged into it, if OCS has one.

        :return: bool, whether the asset was rebound
        """
        for alias in self.env["ocs.asset.alias"]._find_by_binding(binding):
            external_id = int(alias.external_id)
            found = self.backend_adapter.list_ids(external_id - 1, 1)
            if external_id in found and not found[external_id].exclusion:
                binding._rebind(external_id, alias._reason())
                self.model._enqueue_import(
                    self.backend_record, external_id, binding.name
                )
                return True
        return False

    def restore(self, binding):
        """Undo the removal policy: OCS has the computer again.

        :param binding: binding of a computer
        """
        values, undone = {"removed_since": False, "removal_action": False}, ""
        if binding.removal_action == "archive" and not binding.active:
            values["active"] = True
            undone = self.env._("The asset was unarchived.")
        elif binding.removal_action == "scrap" and binding.scrap_date:
            values["scrap_date"] = False
            undone = self.env._("The scrap date was cleared.")
        if binding.removal_action:
            reason = self.env._("This computer is back in OCS.")
            self._log(binding, f"{reason} {undone}")
        if binding.removal_action or binding.removed_since:
            binding.write(values)

    def _archive(self, asset):
        if not asset.active:
            return self._keep(asset)
        asset.active = False
        return "archive", self.env._("The asset was archived.")

    def _scrap(self, asset):
        if asset.scrap_date:
            return self._keep(asset)
        asset.scrap_date = fields.Date.context_today(asset)
        return "scrap", self.env._("The asset was marked as scrapped.")

    def _keep(self, asset):
        return "keep", self.env._("The asset was left unchanged.")

    def _log(self, binding, sentences):
        binding.odoo_id._ocs_log(sentences.strip())
