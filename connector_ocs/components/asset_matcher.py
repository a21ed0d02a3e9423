# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib.identity import WEAK, contradict, real_uuids
from .asset_search import ASSET_FIELDS
from .import_filter import SkipReason


class AssetMatch(NamedTuple):
    """What becomes of a computer that has no binding."""

    #: sentence
    reason: str = ""
    #: maintenance.equipment that is the computer, or None: it is a new one
    asset: object = None
    #: why a person has to decide, or None
    skip_reason: SkipReason | None = None


class OcsAssetMatcher(Component):
    """Finds the asset of a computer that OCS has and no binding knows.

    Somebody made it by hand, or it comes from another tool or another OCS. The
    backend's matching keys are asked in their order; the first one that gives an asset
    decides:

    * junk, and a value that other computers in OCS have as well, is no key;
    * an asset with another real serial number is another machine, and so is one with
      another real UUID, if what they have in common is weak (see ``lib/identity.py``);
    * one asset that is left is the computer;
    * several, an archived one, one with the same serial number and another UUID, or a
      serial number that several computers in OCS report, are for a person to decide;
      so are several assets of computers that are gone (the matcher of bindings has
      linked the machine anew if it was one);
    * an archived asset that has no more than the name was replaced: it is no candidate.

    Assets of monitors, of another company and of other computers of this OCS are none,
    nor are those that were merged into another one.
    """

    _name = "ocs.asset.matcher"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "asset.matcher"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: {field of a binding: value} of the computer that is looked at
        self.identity = {}
        #: names of the fields that it can be known by, in the order of the keys
        self.keys = []

    def find(self, computer):
        """The asset of a computer without binding.

        :param computer: nested dict, with its hardware.ID under "external_id"
        :return: :class:`AssetMatch`
        """
        external_id = computer["external_id"]
        decided = self._decided(external_id)
        if decided:
            return decided
        self.identity = self._blacklist.identity(computer)
        self.keys = self._search.keys(self.identity)
        if self.prefetched.has_none("asset", external_id):
            return AssetMatch(self._describe_new())
        fits = self._fits()
        shared = self.backend_adapter.find_shared_keys(
            {key: self.identity[key] for key in fits}
        )
        for key, assets in fits.items():
            if key == "ocs_serial" or key not in shared:
                return self._judge(key, assets, key in shared)
        return AssetMatch(self._describe_new())

    def _decided(self, external_id):
        """What a person decided, if it can still be done.

        :return: :class:`AssetMatch` or None
        """
        if self.prefetched.has_none("issue", external_id):
            return None
        issues = self.env["ocs.import.issue"]
        issue = issues._find(self.backend_record, external_id)
        if issue.decision == "create":
            who = issue.decided_by_id.name
            return AssetMatch(self.env._("A new asset, as %s decided.", who))
        if issue.decision != "link":
            return None
        asset = issue.linked_id.with_context(active_test=False)
        if not asset or not self._is_candidate(asset):
            issue.write({"decision": False, "linked_id": False})
            return None
        reason = self.env._("Linked by %s.", issue.decided_by_id.name)
        return AssetMatch(reason, asset)

    def _fits(self):
        """Assets that may be the computer.

        :return: dict {key: maintenance.equipment}, without the keys that no asset has
        """
        similar = self._search.find(self.identity)
        candidates = similar.filtered(self._is_candidate)
        found = {key: self._fitting(key, candidates) for key in self.keys}
        return {key: assets for key, assets in found.items() if assets}

    def _is_candidate(self, asset):
        """Whether an asset may be linked to a computer of this OCS at all."""
        present = self._bindings_here(asset).filtered(
            lambda each: not each.removed_since
        )
        company = asset.company_id
        is_ours = not company or company == self.backend_record.company_id
        is_monitor = bool(asset.ocs_monitor_bind_ids)
        is_free = not (present or is_monitor or asset._ocs_merged_away())
        return is_ours and is_free

    def _bindings_here(self, assets):
        bindings = assets.ocs_bind_ids
        return bindings.filtered(lambda each: each.backend_id == self.backend_record)

    def _fitting(self, key, candidates):
        """Those that have the value of a key, and are no other machine."""
        value = self.identity[key].casefold()
        fitting = candidates.filtered(
            lambda asset: (
                value in self._values(asset, key)
                and not self._is_another(asset, key)
                and (asset.active or key != "name")
            )
        )
        if key == "ocs_serial" and self._is_placeholder():
            return fitting.browse()
        removed = self._bindings_here(fitting)
        if (
            removed.odoo_id == fitting
            and removed
            and self._matcher.are_same_machine(removed)
        ):
            return fitting.browse()
        return fitting

    def _values(self, asset, key):
        """:return: set of str, casefolded"""
        values = asset.ocs_bind_ids.mapped(key)
        if key in ASSET_FIELDS:
            values = [*values, asset[ASSET_FIELDS[key]]]
        return {value.casefold() for value in values if value}

    def _is_another(self, asset, key):
        """Whether something says that an asset is another machine."""
        real = self._blacklist.real_serials
        mine = real([self.identity["ocs_serial"]])
        if contradict(mine, real(self._values(asset, "ocs_serial"))):
            return True
        return key in WEAK and self._has_another_uuid(asset)

    def _has_another_uuid(self, asset):
        mine = real_uuids([self.identity["hardware_uuid"]])
        return contradict(mine, real_uuids([asset.hardware_uuid]))

    def _is_placeholder(self):
        """Whether computers that are known share the serial number, and are several."""
        serials = self.component(usage="shared.serials")
        identity = self.identity
        return serials.is_shared(identity["ocs_serial"], identity["hardware_uuid"])

    # What follows

    def _judge(self, key, assets, is_shared):
        described = self.env["ocs.matching.key"]._describe(key, self.identity[key])
        problem = self._problem(assets, is_shared)
        if not problem:
            reason = self.env._("The asset had it already: %s.", described)
            return AssetMatch(reason, assets)
        message = self.env._(
            "%(problem)s What they have in common: %(value)s. Link the computer to the "
            "asset that it is, or have a new one created.",
            problem=problem,
            value=described,
        )
        return AssetMatch(
            skip_reason=SkipReason("ambiguous", message, tuple(assets.ids))
        )

    def _problem(self, assets, is_shared):
        """Why it cannot be known which asset the computer is.

        :return: sentence, '' when it can
        """
        names = ", ".join(f"“{asset.name}” (id {asset.id})" for asset in assets)
        if len(assets) > 1:
            return self.env._("Several assets may be this computer: %s.", names)
        if is_shared:
            return self.env._(
                "The asset %s may be this computer, or another one of OCS.", names
            )
        if not assets.active:
            return self.env._(
                "The asset %s may be this computer, but is archived.", names
            )
        if self._has_another_uuid(assets):
            return self.env._(
                "The asset %s may be this computer, but has another UUID.", names
            )
        return ""

    def _describe_new(self):
        """Why a new asset is made: sentence."""
        keys = {key: self.identity[key] for key in self.keys}
        if not keys:
            return self.env._("New asset: OCS reports nothing that identifies it.")
        return self.env._(
            "New asset: no other one was known by %s.",
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
