# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields

from odoo.addons.component.core import Component


class OcsComputerDeleter(Component):
    """Does with an asset what the backend's policy says when its computer left OCS.

    Nothing is ever deleted, and all of it is undone when the computer is back. The
    chatter of the asset tells both.
    """

    _name = "ocs.computer.deleter"
    _inherit = ["base.deleter", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "record.deleter"

    def run(self, binding, why):  # pylint: disable=method-required-super
        """Apply the policy to the asset, once.

        :param binding: binding of a computer
        :param why: sentence for the chatter
        """
        if binding.removal_action or self._take_over(binding):
            return
        policy = getattr(self, f"_{self.backend_record.removal_policy}")
        binding.removal_action, done = policy(binding.odoo_id)
        self._tell(binding, f"{why} {done}")
        self.model._recheck_conflicting()

    def leave(self, binding):
        """OCS does not have the computer: apply the policy, or find its other asset.

        A machine that was reinstalled has a second asset if it was imported before
        OCS merged the two. If nobody has used that one, the first asset takes its
        place.

        :param binding: binding of a computer that a run found gone
        """
        replacement = self.component(usage="record.matcher").find_replacement(binding)
        if replacement and self._is_superfluous(
            replacement.binding.odoo_id, binding.odoo_id
        ):
            self._absorb(binding, replacement)
            return
        why = self.env._("OCS does not have this computer any more.")
        if replacement:
            why += " " + self.env._(
                "The same machine is the asset %(name)s (id %(id)s): %(reason)s. Both "
                "are kept.",
                name=replacement.binding.name,
                id=replacement.binding.odoo_id.id,
                reason=replacement.reason,
            )
        self.run(binding, why)

    def _is_superfluous(self, replacement, asset):
        """Whether an asset of a machine can be left to the one before.

        The first one is what people and other records refer to.
        """
        return replacement.id > asset.id and replacement._ocs_is_untouched()

    def _absorb(self, binding, replacement):
        external_id = replacement.binding.external_id
        connections = self.env["maintenance.equipment.connection"]
        connections._take_over(replacement.binding.odoo_id, binding.odoo_id)
        replacement.binding.odoo_id.unlink()
        binding._rebind(external_id, replacement.reason)
        self.restore(binding)
        self.model._enqueue_import(self.backend_record, external_id, binding.name)

    def _take_over(self, binding):
        """Another computer of OCS was merged into the asset, and is there: go on with
        that one.

        :return: whether there is one
        """
        for alias in self.env["ocs.asset.alias"]._find_by_binding(binding):
            external_id = int(alias.external_id)
            there = self.backend_adapter.list_ids(external_id - 1, 1)
            if external_id in there and not there[external_id]:
                binding._rebind(external_id, alias._reason())
                self.model._enqueue_import(
                    self.backend_record, external_id, binding.name
                )
                return True
        return False

    def restore(self, binding):
        """The computer is in OCS: undo what was done to the asset.

        :param binding: binding of a computer
        """
        values, undone = {"removed_since": False, "removal_action": False}, ""
        if binding.removal_action == "archive" and not binding.active:
            values["active"] = True
            undone = self.env._("The asset is taken out of the archive.")
        elif binding.removal_action == "scrap" and binding.scrap_date:
            values["scrap_date"] = False
            undone = self.env._("The scrap date is removed.")
        if binding.removal_action:
            why = self.env._("This computer is back in OCS.")
            self._tell(binding, f"{why} {undone}")
        if binding.removal_action or binding.removed_since:
            binding.write(values)

    def _archive(self, asset):
        if not asset.active:
            return self._keep(asset)
        asset.active = False
        return "archive", self.env._("The asset is archived.")

    def _scrap(self, asset):
        if asset.scrap_date:
            return self._keep(asset)
        asset.scrap_date = fields.Date.context_today(asset)
        return "scrap", self.env._("The asset is marked as scrapped.")

    def _keep(self, asset):
        return "keep", self.env._("The asset stays as it is.")

    def _tell(self, binding, sentences):
        binding.odoo_id._ocs_log(sentences.strip())
