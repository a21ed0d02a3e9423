# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib.identity import DIFFERENT, UNCLEAR, compare
from .filter_base import SkipReason
from .match_asset_search import ASSET_FIELDS

#: Values that are remembered as shared if different machines report them.
REMEMBERED = frozenset(("ocs_serial", "hardware_uuid", "board_serial", "mac_addresses"))


class AssetMatch(NamedTuple):
    """Decision on a computer that has no binding."""

    #: sentence: why this asset, or why a new one
    reason: str = ""
    #: maintenance.equipment to link, or None to create one
    asset: object = None
    #: why a user has to decide, or None
    skip_reason: SkipReason | None = None


class AssetComparison(NamedTuple):
    """Comparison of a computer with an asset."""

    #: :class:`odoo.addons.connector_ocs.lib.identity.Comparison`
    evidence: object
    #: fields whose value is equal, even if several machines have it
    found: tuple


class OcsAssetMatcher(Component):
    """Matcher that finds the existing asset of a computer without binding.

    Such an asset was created manually, by another tool or from another OCS. The
    backend's matching keys are tried in their order; the first one that finds an asset
    decides:

    * blacklisted values, and values that other computers in OCS share, are not used;
    * all that is known of an asset is weighed (see ``lib/identity.py``): one for which
      more speaks against than for is a different machine;
    * a single asset that remains is the computer;
    * a user has to decide on several assets, on an archived one, on one for which as
      much speaks against as for, and on a serial number that several computers in OCS
      report; also on several assets of computers removed from OCS (if they are one
      machine, the matcher of bindings has already rebound it);
    * an archived asset that only has the same name was replaced: it is not a candidate.

    Assets of monitors, of another company and of other computers of this OCS are not
    candidates.
    """

    _name = "ocs.asset.matcher"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "asset.matcher"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: identity of the current computer: {field of a binding: value}
        self.identity = {}
        #: names of the fields that identify it, in the order of the matching keys
        self.keys = []

    def find(self, computer_import):
        """Find the asset of a computer without binding.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :return: :class:`AssetMatch`
        """
        decision = self._decision(computer_import.issue)
        if decision:
            return decision
        self.identity = computer_import.identity
        self.keys = self._search.keys(computer_import)
        candidates = self._search.find(computer_import).filtered(self._is_candidate)
        shared = self._shared(candidates)
        compared = self._compare_all(candidates, shared)
        for key in self.keys:
            assets = self._possible(key, compared)
            if assets and (key == "ocs_serial" or key not in shared):
                return self._decide(key, assets, compared, key in shared)
        self._remember(compared)
        return AssetMatch(self._describe_new())

    def _shared(self, candidates):
        """Return the keys whose value several computers in OCS report."""
        found = {
            key
            for asset in candidates
            for key in self._compare(asset, self._blacklist).found
        }
        return self.backend_adapter.find_shared_keys(
            {key: self.identity[key] for key in self.keys if key in found}
        )

    def _compare_all(self, candidates, shared):
        """Compare the computer with assets, without shared values.

        :param shared: set of the keys whose value other computers report, too
        :return: dict {maintenance.equipment: :class:`.AssetComparison`}
        """
        blacklist = self._blacklist.sharing(self.identity, shared)
        return {asset: self._compare(asset, blacklist) for asset in candidates}

    def _compare(self, asset, blacklist):
        """Return the comparison with an asset that says most for one machine."""
        return max(
            (
                self._compare_with(description, blacklist)
                for description in self._descriptions(asset)
            ),
            key=lambda compared: compared.evidence.balance,
        )

    def _compare_with(self, description, blacklist):
        everything = blacklist._replace(shared=frozenset())
        return AssetComparison(
            compare(self.identity, description, blacklist),
            compare(self.identity, description, everything).same,
        )

    def _descriptions(self, asset):
        """Return what is known of an asset: from each OCS, or from people.

        :return: list of dict {field: value}, not empty
        """
        if asset.ocs_bind_ids:
            return [each._identity() for each in asset.ocs_bind_ids]
        typed = {key: asset[field] for key, field in ASSET_FIELDS.items()}
        if (typed["name"] or "").casefold() != self.identity["name"].casefold():
            typed["name"] = ""  # people name assets as they like
        return [typed]

    def _remember(self, compared):
        """Remember values that the computer shares with a different machine.

        They identify neither of them: a docking station, a placeholder that is not
        known as such, a copied virtual machine.
        """
        pairs = {
            (key, each)
            for asset, found in compared.items()
            if asset.ocs_bind_ids and found.evidence.verdict == DIFFERENT
            for key in REMEMBERED.intersection(found.evidence.same)
            for each in self._blacklist.usable(key, self.identity[key])
        }
        if pairs:
            shared = self.env["ocs.shared.identifier"]
            shared._remember(self.backend_record, pairs)

    def _decision(self, issue):
        """Return the match that a user decided on, if it is still possible.

        :param issue: ocs.import.issue of the computer, empty if it has none
        :return: :class:`AssetMatch` or None
        """
        if issue.decision == "create":
            who = issue.decided_by_id.name
            return AssetMatch(self.env._("Created as decided by %s.", who))
        if issue.decision != "link":
            return None
        asset = issue.linked_id.with_context(active_test=False)
        if not asset or not self._is_candidate(asset):
            issue.write({"decision": False, "linked_id": False})
            return None
        reason = self.env._("Linked by %s.", issue.decided_by_id.name)
        return AssetMatch(reason, asset)

    def _is_candidate(self, asset):
        """Return whether an asset may be linked to any computer of this OCS."""
        present = self._own_bindings(asset).filtered(
            lambda each: not each.removed_since
        )
        company = asset.company_id
        is_ours = not company or company == self.backend_record.company_id
        is_monitor = bool(asset.ocs_monitor_bind_ids)
        is_free = not (present or is_monitor)
        return is_ours and is_free

    def _own_bindings(self, assets):
        """Return the bindings of assets that belong to this backend."""
        bindings = assets.ocs_bind_ids
        return bindings.filtered(lambda each: each.backend_id == self.backend_record)

    def _possible(self, key, compared):
        """Return the assets with the value of a key that may be this machine."""
        matching = self.env["maintenance.equipment"].concat(
            *(
                asset
                for asset, found in compared.items()
                if key in found.found
                and found.evidence.verdict != DIFFERENT
                and (asset.active or key != "name")
            )
        )
        removed = self._own_bindings(matching).sorted("id")
        if removed.odoo_id == matching and len(matching) > 1:
            if self._matcher.are_same_machine(removed):
                return removed[0].odoo_id
        return matching

    # Outcome

    def _decide(self, key, assets, compared, is_shared):
        described = self.env["ocs.matching.key"]._describe(key, self.identity[key])
        problem = self._problem(assets, compared, is_shared)
        if not problem:
            reason = self.env._("Matched an existing asset by %s.", described)
            return AssetMatch(reason, assets)
        message = self.env._(
            "%(problem)s They share %(value)s. Link the computer to the right asset, "
            "or create a new one.",
            problem=problem,
            value=described,
        )
        return AssetMatch(
            skip_reason=SkipReason("ambiguous", message, tuple(assets.ids))
        )

    def _problem(self, assets, compared, is_shared):
        """Return why it is unclear which asset the computer is.

        :return: sentence, '' if it is clear
        """
        names = ", ".join(f"“{asset.name}” (ID {asset.id})" for asset in assets)
        if len(assets) > 1:
            return self.env._("Several assets may be this computer: %s.", names)
        if is_shared or not compared[assets].evidence.same:
            return self.env._(
                "The asset %s may be this computer or another computer in OCS.", names
            )
        if not assets.active and not self._archived_by_import(assets):
            return self.env._(
                "The asset %s may be this computer, but it is archived.", names
            )
        evidence = compared[assets].evidence
        if evidence.verdict == UNCLEAR:
            keys = self.env["ocs.matching.key"]
            return self.env._(
                "The asset %(names)s may be this computer, but it has a different "
                "%(values)s.",
                names=names,
                values=keys._describe_fields(evidence.different),
            )
        return ""

    def _archived_by_import(self, asset):
        """Return whether an asset is archived because its computer was removed."""
        return self._own_bindings(asset).removal_action == "archive"

    def _describe_new(self):
        """Return a sentence that says why a new asset is created."""
        keys = {key: self.identity[key] for key in self.keys}
        if not keys:
            return self.env._("Created: OCS reports no value that identifies it.")
        return self.env._(
            "Created: no existing asset matched by %s.",
            self.env["ocs.matching.key"]._describe_all(keys),
        )

    @property
    def _search(self):
        return self.component(usage="asset.search")

    @property
    def _blacklist(self):
        return self.backend_record._blacklist()

    @property
    def _matcher(self):
        return self.component(usage="record.matcher")
