# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent

from ..lib import eligibility
from ..lib.fingerprints import changed_sections
from ..lib.identity import is_replaced
from ..lib.values import local_to_utc
from .filter_base import SkipReason


class OcsComputerDecision(AbstractComponent):
    """Base of the computer importer: whether to import, and what to do if not."""

    _name = "ocs.computer.decision"
    _inherit = "ocs.importer"

    def __init__(self, work_context):
        super().__init__(work_context)
        self.external_id = None
        self.computer = None
        self.binding = None
        #: :class:`odoo.addons.connector_ocs.components.match_asset.AssetMatch` of a
        #: computer without binding
        self.match = None

    def decide(self, force=False):
        """Handle a computer that is not to be imported.

        :return: sentence that says why not, None if it is to be imported
        """
        if self._is_replaced():
            return self._skip(self._describe_replaced())
        if self._is_of_other_company():
            return self._skip(self._describe_other_company())
        exclusion = eligibility.exclusion(self.computer)
        if exclusion:
            return self._skip_excluded(exclusion)
        if self._is_unchanged() and not force:
            return self._refresh()
        skip_reason = self._skip_reason()
        return self._skip(skip_reason) if skip_reason else None

    def _is_replaced(self):
        """Return whether OCS has given the ID of the computer to another machine."""
        if not (self.binding.first_inventory or self.binding.device_id):
            return False  # a user has just linked it to this ID
        blacklist = self.backend_record._blacklist()
        found = blacklist.identity(self.computer)
        return is_replaced(self.binding._identity(), found, blacklist)

    def _describe_replaced(self):
        """Return why nothing is imported: a run releases the ID, if a user approves."""
        message = self.env._(
            "OCS now uses this ID for another machine. Click “Import changed "
            "computers” on the backend to match both machines anew."
        )
        return SkipReason("replaced", message)

    def _is_of_other_company(self):
        """Return whether the import must not write the asset, see ``ocs.binding``."""
        other = self.binding._of_other_company()
        if not other:
            return False
        finder = self.component(usage="company.finder")
        return other.company_id != finder.configured(self.computer)

    def _describe_other_company(self):
        message = self.env._(
            "The asset belongs to another company than the backend. Move it to the "
            "company of the backend, or have a user who has access to both companies "
            "set the company of the asset."
        )
        return SkipReason("company", message)

    def _after_missing(self, error):
        """Handle a computer that OCS does not have.

        Its asset is only changed after a run has found that the computer was removed:
        the run knows whether so many were removed that a user has to approve.
        """
        binding = self.binder.to_internal(self.external_id)
        if not binding:
            self._issues()._record(self.backend_record, self.external_id, "deleted")
        elif binding._of_other_company():
            reason = self._describe_other_company()
            self._issues()._record(
                self.backend_record,
                self.external_id,
                reason.reason,
                message=reason.message,
            )
        elif binding.removed_since:
            self.component(usage="record.deleter").handle_removed(binding)
            self._issues()._clear(self.backend_record, self.external_id)
        return str(error)

    def _is_left_over(self):
        """Return whether a job waited with a released ID that its asset no longer has.

        See ``ocs.computer.binding._release_id``.
        """
        return self.external_id < 0 and not self.binder.to_internal(self.external_id)

    def _skip_excluded(self, exclusion):
        """Skip a row that is not a computer to import, and list it as such."""
        issue = self._issues()._find(self.backend_record, self.external_id)
        is_found_by_run = issue.reason == exclusion and issue.run_id
        if exclusion == "archived" and is_found_by_run:
            why = self.env._("This computer is archived in OCS.")
            self.component(usage="record.deleter").run(self.binding, why)
        self.binding.filtered("removed_since").write({"removed_since": False})
        issue = self._issues()._record(
            self.backend_record,
            self.external_id,
            exclusion,
            name=self.computer["hardware"]["NAME"],
        )
        return self.env._("Not imported: %s.", issue._describe_reason())

    def _skip_reason(self):
        """Return why the computer must not be imported, and find its existing asset.

        :return: :class:`.filter_base.SkipReason` or None
        """
        skip_reason = self._skip_reason_of(self.computer, self.binding)
        if skip_reason or self.binding:
            return skip_reason
        self.match = self.component(usage="asset.matcher").find(self.computer)
        return self.match.skip_reason

    def _skip_reason_of(self, computer, binding):
        """Return the first reason given by a filter, without writing anything.

        :return: :class:`.filter_base.SkipReason` or None
        """
        for import_filter in self._in_sequence("import.filter"):
            skip_reason = import_filter.check(computer, binding)
            if skip_reason:
                return skip_reason
        return None

    def _skip(self, skip_reason):
        """List the computer as not imported, and leave its asset unchanged."""
        self.binding.filtered("removed_since").write({"removed_since": False})
        issue = self._issues()._skip(
            self.backend_record, self.external_id, self.computer, skip_reason
        )
        return self.env._("Not imported: %s.", issue._describe_reason())

    def _is_unchanged(self):
        """Return whether an import would leave the asset as it is.

        It would not if other assets may have taken something from it while its
        computer was removed.
        """
        if self.binding.removal_action:
            return False
        return not changed_sections(self.binding.digests, self.computer["digests"])

    def _refresh(self):
        """Update the date of the inventory, the only difference."""
        if self.binding.last_inventory != self._date():
            self.binding.last_inventory = self._date()
        self._restore()
        self._clear_issue()
        return self.env._("“%s” is unchanged.", self.binding.name)

    def _date(self):
        """Return the naive datetime of the inventory in UTC, or False."""
        last_date = self.computer["hardware"]["LASTDATE"]
        known = self.binding.last_inventory
        return local_to_utc(last_date, self.backend_record.tz, known) or False

    def _clear_issue(self):
        """Remove the computer from the list of those that are not imported."""
        if not self.prefetched.has_none("issue", self.external_id):
            self._issues()._clear(self.backend_record, self.external_id)

    def _restore(self):
        """Undo what was done while the computer was removed from OCS."""
        self.component(usage="record.deleter").restore(self.binding)

    def _issues(self):
        return self.env["ocs.import.issue"]
