# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

from ..lib.run_lines import COUNTED


class OcsImportRunViews(models.AbstractModel):
    """Buttons of a run that open the computers that its numbers count."""

    _name = "ocs.import.run.views"
    _description = "Lists of an OCS Import Run (abstract)"

    def _view_lines(self, name, **context):
        """Open the lines that a number of this run counts.

        :param name: of the field
        :param context: keys that show more columns
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs.ocs_import_run_line_action"
        )
        action["domain"] = [("run_id", "=", self.id), ("outcome", "=", COUNTED[name])]
        action["context"] = context
        action["display_name"] = self._label(name)
        return action

    def _label(self, name):
        return self.fields_get([name], ["string"])[name]["string"]

    def action_view_new(self):
        """Open the computers that got a new asset."""
        return self._view_lines("new_count")

    def action_view_linked(self):
        """Open the computers that were linked to an existing asset."""
        return self._view_lines("linked_count", show_asset=True)

    def action_view_changed(self):
        """Open the computers whose assets were changed."""
        return self._view_lines("changed_count")

    def action_view_rebound(self):
        """Open the computers that have a new ID in OCS."""
        return self._view_lines("rebound_count")

    def action_view_removed(self):
        """Open the computers that were removed from OCS."""
        return self._view_lines("removed_count")

    def action_view_skipped(self):
        """Open the computers that this run left out, by reason."""
        return self._view_lines("skipped_count", show_message=True, group_by=["reason"])

    def action_view_failed(self):
        """Open the computers whose import failed."""
        return self._view_lines("failed_count", show_message=True)

    def action_view_queued(self):
        """Open the computers whose import was already queued."""
        return self._view_lines("queued_count")

    def action_view_cancelled(self):
        """Open the computers whose import was cancelled."""
        return self._view_lines("cancelled_count")

    def action_view_left(self):
        """Open the computers that are queued or being imported."""
        return self._view_lines("left_count")

    def action_view_unchanged(self):
        """Open the unchanged computers."""
        if not self.kept_count:  # all of them have a line
            return self._view_lines("unchanged_count")
        action = self.backend_id.action_view_computers()
        action["domain"] = [("unchanged_run_id", "=", self.id)]
        action["context"] = {"active_test": False}
        action["display_name"] = self._label("unchanged_count")
        return action

    def action_view_repeated(self):
        """Open the computers that are left out for the same reason as before."""
        action = self.backend_id.action_view_issues()
        action["domain"] = [("repeated_run_id", "=", self.id)]
        action["context"] = {"group_by": ["reason"]}
        action["display_name"] = self._label("repeated_count")
        return action

    def action_view_missing(self):
        """Open the computers that OCS no longer has, whatever became of them."""
        return self._view_found("missing_count", "removed")

    def action_view_related(self):
        """Open the computers that were imported because of another one."""
        return self._view_found("related_count", "related")

    def _view_found(self, name, found):
        """Open the lines of what the scan found, whatever became of it.

        :param name: of the field that counts them
        :param found: key of ``found`` of ocs.import.run.line
        """
        action = self._view_lines("removed_count", show_reason=True)
        action["domain"] = [("run_id", "=", self.id), ("found", "=", found)]
        action["display_name"] = self._label(name)
        return action
