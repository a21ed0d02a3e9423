# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib.identity import WEAK, contradict, real_uuids
from .asset_search import ASSET_FIELDS
from .import_filter import SkipReason


class AssetMatch(NamedTuple):
    """Decision on a computer that has no binding."""

    #: sentence: why this asset, or why a new one
    reason: str = ""
    #: maintenance.equipment to link, or None to create one
    asset: object = None
    #: why a user has to decide, or None
    skip_reason: SkipReason | None = None


class OcsAssetMatcher(Component):
    """Matcher that finds the existing asset of a computer without binding.

    Such an asset was created manually, by another tool or from another OCS. The
    backend's matching keys are tried in their order; the first one that finds an asset
    decides:

    * blacklisted values, and values that other computers in OCS share, are not used;
    * an asset with a different real serial number is a different machine; so is one
      with a different real UUID if the key is weak (see ``lib/identity.py``);
    * a single asset that remains is the computer;
    * a user has to decide on several assets, on an archived one, on one with the same
      serial number and a different UUID, and on a serial number that several computers
      in OCS report; also on several assets of computers removed from OCS (if they are
      one machine, the matcher of bindings has already rebound it);
    * an archived asset that only has the same name was replaced: it is not a candidate.

    Assets of monitors, of another company and of other computers of this OCS are not
    candidates, nor are those that were merged into another one.
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

    def find(self, computer):
        """Find the asset of a computer without binding.

        :param computer: nested dict, with its hardware.ID under "external_id"
        :return: :class:`AssetMatch`
        """
        external_id = computer["external_id"]
        decision = self._decision(external_id)
        if decision:
            return decision
        self.identity = self._blacklist.identity(computer)
        self.keys = self._search.keys(self.identity)
        if self.prefetched.has_none("asset", external_id):
            return AssetMatch(self._describe_new())
        matches = self._matches()
        shared = self.backend_adapter.find_shared_keys(
            {key: self.identity[key] for key in matches}
        )
        for key, assets in matches.items():
            if key == "ocs_serial" or key not in shared:
                return self._decide(key, assets, key in shared)
        return AssetMatch(self._describe_new())

    def _decision(self, external_id):
        """Return the match that a user decided on, if it is still possible.

        :return: :class:`AssetMatch` or None
        """
        if self.prefetched.has_none("issue", external_id):
            return None
        issues = self.env["ocs.import.issue"]
        issue = issues._find(self.backend_record, external_id)
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

    def _matches(self):
        """Return the assets that may be the computer, by key.

        :return: dict {key: maintenance.equipment}, without keys that no asset matches
        """
        similar = self._search.find(self.identity)
        candidates = similar.filtered(self._is_candidate)
        found = {key: self._matching(key, candidates) for key in self.keys}
        return {key: assets for key, assets in found.items() if assets}

    def _is_candidate(self, asset):
        """Return whether an asset may be linked to any computer of this OCS."""
        present = self._own_bindings(asset).filtered(
            lambda each: not each.removed_since
        )
        company = asset.company_id
        is_ours = not company or company == self.backend_record.company_id
        is_monitor = bool(asset.ocs_monitor_bind_ids)
        is_free = not (present or is_monitor or asset._ocs_merged_away())
        return is_ours and is_free

    def _own_bindings(self, assets):
        """Return the bindings of assets that belong to this backend."""
        bindings = assets.ocs_bind_ids
        return bindings.filtered(lambda each: each.backend_id == self.backend_record)

    def _matching(self, key, candidates):
        """Return the candidates with the value of a key that may be this machine."""
        value = self.identity[key].casefold()
        matching = candidates.filtered(
            lambda asset: (
                value in self._values(asset, key)
                and not self._is_different(asset, key)
                and (asset.active or key != "name")
            )
        )
        if key == "ocs_serial" and self._is_placeholder():
            return matching.browse()
        removed = self._own_bindings(matching)
        if (
            removed.odoo_id == matching
            and removed
            and self._matcher.are_same_machine(removed)
        ):
            return matching.browse()
        return matching

    def _values(self, asset, key):
        """Return the values that an asset has for a key: set of str, casefolded."""
        values = asset.ocs_bind_ids.mapped(key)
        if key in ASSET_FIELDS:
            values = [*values, asset[ASSET_FIELDS[key]]]
        return {value.casefold() for value in values if value}

    def _is_different(self, asset, key):
        """Return whether an identifier shows that an asset is a different machine."""
        real = self._blacklist.real_serials
        mine = real([self.identity["ocs_serial"]])
        if contradict(mine, real(self._values(asset, "ocs_serial"))):
            return True
        return key in WEAK and self._has_different_uuid(asset)

    def _has_different_uuid(self, asset):
        mine = real_uuids([self.identity["hardware_uuid"]])
        return contradict(mine, real_uuids([asset.hardware_uuid]))

    def _is_placeholder(self):
        """Return whether several known machines share the serial number."""
        serials = self.component(usage="shared.serials")
        identity = self.identity
        return serials.is_shared(identity["ocs_serial"], identity["hardware_uuid"])

    # Outcome

    def _decide(self, key, assets, is_shared):
        described = self.env["ocs.matching.key"]._describe(key, self.identity[key])
        problem = self._problem(assets, is_shared)
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

    def _problem(self, assets, is_shared):
        """Return why it is unclear which asset the computer is.

        :return: sentence, '' if it is clear
        """
        names = ", ".join(f"“{asset.name}” (ID {asset.id})" for asset in assets)
        if len(assets) > 1:
            return self.env._("Several assets may be this computer: %s.", names)
        if is_shared:
            return self.env._(
                "The asset %s may be this computer or another computer in OCS.", names
            )
        if not assets.active:
            return self.env._(
                "The asset %s may be this computer, but it is archived.", names
            )
        if self._has_different_uuid(assets):
            return self.env._(
                "The asset %s may be this computer, but it has a different UUID.", names
            )
        return ""

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
