# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields

from odoo.addons.component.core import Component

from ..lib.run_lines import Result


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
        if binding.removal_action:
            return
        policy = getattr(self, f"_{self.backend_record.removal_policy}")
        binding.removal_action, done = policy(binding.odoo_id)
        self._log(binding, f"{reason} {done}")

    def handle_missing(self, external_id, binding):
        """Handle a computer that OCS does not have.

        Its asset is only changed after a run has found that the computer was removed:
        the run knows whether so many were removed that a user has to approve.

        :param external_id: int, hardware.ID
        :param binding: its binding, empty if it has none
        :return: :class:`..lib.run_lines.Result`
        """
        reason = self._find_reason(external_id, binding)
        if reason:
            return Result(external_id, "skipped", reason, None, binding.id or None)
        self._handle_removed(binding)
        self.env["ocs.import.issue"]._clear(self.backend_record, external_id)
        asset = binding.exists()  # it may have been merged
        return Result(external_id, "removed", None, None, asset.id or None)

    def _find_reason(self, external_id, binding):
        """List a missing computer whose asset is left as it is.

        :return: key of ``reason`` of ocs.import.issue, None to handle its asset
        """
        issues, backend = self.env["ocs.import.issue"], self.backend_record
        if not binding:
            issues._record(backend, external_id, "deleted")
            return "deleted"
        if binding._of_other_company():
            message = binding._describe_other_company()
            issues._record(backend, external_id, "company", message=message)
            return "company"
        if not binding.removed_since:  # the next run finds out
            return "deleted"
        return None

    def _handle_removed(self, binding):
        """Apply the policy to a computer that OCS no longer has.

        A machine that was reinstalled has a second asset if it was imported under its
        new ID before OCS merged the two computers.

        :param binding: binding of a computer that a run found to be removed from OCS
        """
        duplicate = self.component(usage="record.matcher").find_duplicate(binding)
        if duplicate and self._handle_duplicate(binding, duplicate):
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

    def _handle_duplicate(self, binding, duplicate):
        """Hook for the second asset of a machine whose computer was removed from OCS.

        :param binding: binding of the removed computer
        :param duplicate: :class:`.match_binding.Match`, the computer that is in OCS
        :return: whether the policy is not to be applied; by default, it is, and both
            assets are kept
        """
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
