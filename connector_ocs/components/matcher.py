# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo.addons.component.core import Component

from ..lib.identity import WEAK, contradict, real_uuids

_logger = logging.getLogger(__name__)

REMOVED = ("removed_since", "!=", False)
PRESENT = ("removed_since", "=", False)


class Match(NamedTuple):
    """Binding of the machine that is searched for."""

    binding: object
    #: sentence without full stop
    reason: str


class OcsComputerMatcher(Component):
    """Matcher that finds the binding of a machine that has a new ID in OCS.

    OCS gives a new ID to a machine that was reinstalled, sooner or later merges the old
    computer into the new one, and records that in deleted_equiv if configured to. This
    table is checked first, then the backend's matching keys in their order. Only a
    binding whose computer was removed from OCS can be rebound, and nothing is guessed:
    a value that several machines share is not used. Computers that a user has decided
    on are left to their import.
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
        merged, external_ids = self._match_merged(external_ids)
        found = self._match_new(external_ids)
        # the machine itself takes precedence over one that was merged into its asset
        taken = {match.binding for match in found.values()}
        return found | {
            external_id: match
            for external_id, match in merged.items()
            if match.binding not in taken
        }

    def _match_new(self, external_ids):
        """Match the computers that no user merged or decided on, as ``match``."""
        issues = self.env["ocs.import.issue"]
        decided = issues._decided(self.backend_record, external_ids)
        external_ids = [each for each in external_ids if each not in decided]
        if not external_ids:
            return {}
        found = self._match_by_equivalence(external_ids)
        identities = self.backend_adapter.read_identities(external_ids)
        for key in self._keys:
            unmatched = {
                external_id: identity
                for external_id, identity in identities.items()
                if external_id not in found
            }
            taken = {match.binding.id for match in found.values()}
            found |= self._match_by(key, unmatched, taken)
        return found

    def rebind(self, external_ids):
        """Rebind the bindings of removed computers that have one of these new IDs.

        :param external_ids: as for ``match``
        :return: dict {external ID: binding}, without those that could not be rebound
        """
        rebound = {}
        for external_id, match in self.match(external_ids).items():
            try:
                with self.env.cr.savepoint():
                    match.binding._rebind(external_id, match.reason)
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
        if duplicate:
            return Match(duplicate, self._describe_merged())
        for key in self._keys:
            value = binding[key]
            if self._blacklist.is_blacklisted(key, value):
                continue
            same = self._search((key, "=", value))
            present = same.filtered(lambda each: not each.removed_since)
            if len(present) == 1 and self.are_same_machine(same - present):
                # both computers were in OCS at the same time, and two machines of one
                # manufacturer may share a serial number
                if self._may_be_same(key, binding, present, strict=True):
                    return Match(present, self._describe_shared(key, value))
        return None

    def are_same_machine(self, bindings):
        """Return whether serial number and UUID both identify a single machine.

        :param bindings: bindings of computers, not empty
        """
        return len(bindings) == 1 or all(
            len(set(bindings.mapped(key))) == 1
            and not self._blacklist.is_blacklisted(key, bindings[0][key])
            for key in ("ocs_serial", "hardware_uuid")
        )

    def _match_merged(self, external_ids):
        """Match the computers that a user merged into an asset.

        :return: dict as for ``match``, and the IDs that were not merged
        """
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "computer", external_ids
        )
        ids = [alias.odoo_id.id for alias in aliases.values()]
        removed = self._search(REMOVED, ("odoo_id", "in", ids)).grouped("odoo_id")
        found = {}
        for external_id, alias in aliases.items():
            binding = removed.pop(alias.odoo_id.with_env(self.env), None)
            if binding:
                found[external_id] = Match(binding, alias._reason())
        return found, [each for each in external_ids if each not in aliases]

    def _match_by_equivalence(self, external_ids):
        """Match the computers that OCS merged, as ``match``."""
        predecessors = self.backend_adapter.find_predecessors(external_ids)
        found = {}
        for external_id, ancestors in predecessors.items():
            bindings = self._search(REMOVED, ("external_id", "in", ancestors))
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
        values = {each[key] for each in identities.values()}
        values = {
            each for each in values if not self._blacklist.is_blacklisted(key, each)
        }
        bindings = self._search(REMOVED, (key, "in", list(values))).grouped(key)
        values = values.intersection(bindings)
        values -= self.backend_adapter.find_shared(key, values)
        found = {}
        for external_id, identity in identities.items():
            value = identity[key]
            same = bindings[value] if value in values else self.model
            binding = self._first(same)
            if binding and binding.id not in taken:
                if self._may_be_same(key, binding, identity):
                    reason = self._describe_shared(key, value)
                    found[external_id] = Match(binding, reason)
        return found

    def _first(self, bindings):
        """Return the oldest of several removed bindings of one machine.

        :return: binding, empty if they may belong to different machines
        """
        is_one_machine = bindings and self.are_same_machine(bindings)
        return bindings.sorted("id")[:1] if is_one_machine else self.model

    def _may_be_same(self, key, binding, other, strict=False):
        """Return whether serial numbers and UUIDs allow for a single machine.

        A copied virtual machine has the UUID of the original, and a disk that was moved
        to another machine has its device ID, but neither has its serial number. A
        machine whose board was replaced has a different UUID: that only rules out a
        match by a weak key.

        :param other: binding, or dict of the same fields
        :param strict: whether a different UUID rules out a match by any key
        """
        real = self._blacklist.real_serials
        if contradict(real([binding.ocs_serial]), real([other["ocs_serial"]])):
            return False
        uuids = [real_uuids([each["hardware_uuid"]]) for each in (binding, other)]
        return not ((strict or key in WEAK) and contradict(*uuids))

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
