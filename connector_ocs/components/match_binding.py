# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo.addons.component.core import Component

from ..lib.identity import (
    DIFFERENT,
    IDENTIFIERS,
    SAME,
    SOFTWARE,
    compare,
    is_replacement,
)

_logger = logging.getLogger(__name__)

REMOVED = ("removed_since", "!=", False)
PRESENT = ("removed_since", "=", False)
HARDWARE = IDENTIFIERS - SOFTWARE


class Match(NamedTuple):
    """Binding of the machine that is searched for."""

    binding: object
    #: sentence without full stop
    reason: str
    #: hardware.DEVICEID under the new ID, '' if a user has decided
    device_id: str = ""


class OcsComputerMatcher(Component):
    """Matcher that finds the binding of a machine that has a new ID in OCS.

    OCS gives a new ID to a machine that was reinstalled, sooner or later merges the old
    computer into the new one, and records that in deleted_equiv if configured to. This
    table is checked first, then the backend's matching keys in their order. Only a
    binding whose computer was removed from OCS can be rebound, and nothing is guessed:
    all that both report is weighed (see ``lib/identity.py``), without values that
    several machines share. Computers that a user has decided on are left to their
    import.
    """

    _name = "ocs.computer.matcher"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "record.matcher"

    def match(self, external_ids):
        """Find the bindings of removed computers that have one of these new IDs.

        :param external_ids: ascending list of int (hardware.ID) without binding
        :return: dict {external ID: :class:`Match`}
        """
        if not external_ids or not self._search(REMOVED, limit=1):
            return {}
        return self._match_new(external_ids)

    def _match_new(self, external_ids):
        """Match the computers that no user decided on, as ``match``."""
        issues = self.env["ocs.import.issue"]
        decided = issues._decided(self.backend_record, external_ids)
        external_ids = [each for each in external_ids if each not in decided]
        if not external_ids:
            return {}
        identities = self.backend_adapter.read_identities(external_ids)
        found = self._match_by_equivalence(identities)
        for key in self._keys:
            unmatched = {
                external_id: identity
                for external_id, identity in identities.items()
                if external_id not in found
            }
            taken = {match.binding.id for match in found.values()}
            found |= self._match_by(key, unmatched, taken)
        return {
            external_id: match._replace(device_id=identities[external_id]["device_id"])
            for external_id, match in found.items()
        }

    def rebind(self, external_ids):
        """Rebind the bindings of removed computers that have one of these new IDs.

        :param external_ids: as for ``match``
        :return: dict {external ID: binding}, without those that could not be rebound
        """
        rebound = {}
        for external_id, match in self.match(external_ids).items():
            try:
                with self.env.cr.savepoint():
                    match.binding._rebind(external_id, match.reason, match.device_id)
            except OperationalError:  # it affects the whole transaction: retry it
                raise
            except Exception:  # the job of the removed computer lists the reason
                _logger.exception("Rebinding to OCS computer %s failed", external_id)
            else:
                rebound[external_id] = match.binding
        return rebound

    def find_duplicate(self, binding):
        """Find another binding of the machine, created before this one was removed.

        :param binding: binding whose computer was removed from OCS
        :return: :class:`Match` or None
        """
        successor = self.backend_adapter.find_successor(binding.external_id)
        duplicate = self._search(PRESENT, ("external_id", "=", successor))
        known = binding._identity()
        if duplicate and not self._are_different(known, duplicate._identity()):
            return Match(duplicate, self._describe_merged())
        for key in self._keys:
            same = self._with_value(key, [known[key]]) - binding
            present = same.filtered(lambda each: not each.removed_since)
            if len(present) != 1 or not is_replacement(
                binding._described(), present._described(), self._blacklist
            ):
                continue
            if self.are_same_machine(same - present | binding):
                return Match(present, self._describe_shared(key, known[key]))
        return None

    def _are_different(self, one, other):
        """Return whether OCS has used an ID that it merged for another machine."""
        compared = compare(one, other, self._blacklist)
        is_other = HARDWARE.intersection(compared.different)
        return compared.verdict == DIFFERENT and bool(is_other)

    def _are_same(self, one, other):
        """Return whether two descriptions are one machine."""
        return compare(one, other, self._blacklist).verdict == SAME

    def are_same_machine(self, bindings):
        """Return whether what some bindings report identifies a single machine.

        :param bindings: bindings of computers, not empty
        """
        first, *others = (each._identity() for each in bindings)
        return all(self._are_same(first, other) for other in others)

    def _match_by_equivalence(self, identities):
        """Match the computers that OCS merged, as ``match``.

        :param identities: dict {external ID: dict {field: value}}
        """
        predecessors = self.backend_adapter.find_predecessors(list(identities))
        found = {}
        for external_id, ancestors in predecessors.items():
            bindings = self._search(REMOVED, ("external_id", "in", ancestors)).filtered(
                lambda each, new=external_id: (
                    not self._are_different(each._identity(), identities[new])
                )
            )
            if bindings:
                binding = bindings.sorted("id")[0]
                found[external_id] = Match(binding, self._describe_merged())
        return found

    def _match_by(self, key, identities, taken):
        """Match removed computers by a value that no other machine has.

        :param key: name of a field of a binding
        :param identities: dict {external ID: dict {field: value}}
        :param taken: ids of bindings that are already matched
        :return: as for ``match``
        """
        values = {identity[key] for identity in identities.values()}
        removed = self._with_value(key, values).filtered("removed_since")
        by_form = self._by_form(key, removed)
        wanted = {
            external_id: self._first(key, identity[key], by_form)
            for external_id, identity in identities.items()
        }
        values = {identities[each][key] for each, found in wanted.items() if found}
        shared = self.backend_adapter.find_shared(key, values)
        found = {}
        for external_id, binding in wanted.items():
            identity = identities[external_id]
            if not binding or binding.id in taken or identity[key] in shared:
                continue
            if self._are_same(identity, binding._identity()):
                reason = self._describe_shared(key, identity[key])
                found[external_id] = Match(binding, reason)
                taken = taken | {binding.id}
        return found

    def _by_form(self, key, bindings):
        """Group bindings by the normal forms of a value.

        :return: dict {normal form: bindings}
        """
        found = {}
        for binding in bindings:
            for each in self._blacklist.usable(key, binding._identity()[key]):
                found[each] = found.get(each, self.model) | binding
        return found

    def _first(self, key, value, by_form):
        """Return the oldest of several removed bindings of one machine.

        :return: binding, empty if they may belong to different machines
        """
        forms = self._blacklist.usable(key, value)
        found = self.model.concat(*(by_form.get(each, self.model) for each in forms))
        bindings = self.model.browse(set(found.ids))
        is_one_machine = bindings and self.are_same_machine(bindings)
        return bindings.sorted("id")[:1] if is_one_machine else self.model

    def _with_value(self, key, values):
        """Return the bindings with one of the values, in any spelling."""
        usable = [each for each in values if self._blacklist.usable(key, each)]
        return self.component(usage="asset.search").find_bindings(key, usable)

    def _search(self, *domain, limit=None):
        return self.model.with_context(active_test=False).search(
            [("backend_id", "=", self.backend_record.id), *domain], limit=limit
        )

    @property
    def _keys(self):
        return self.backend_record._matching_fields()

    @property
    def _blacklist(self):
        return self.backend_record._blacklist()

    def _describe_merged(self):
        return self.env._("OCS merged the two computers (deleted_equiv)")

    def _describe_shared(self, key, value):
        described = self.env["ocs.matching.key"]._describe(key, value)
        return self.env._("both computers have %s", described)
