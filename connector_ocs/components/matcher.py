# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo.addons.component.core import Component

from ..lib.identity import WEAK, are_two, real_uuids

_logger = logging.getLogger(__name__)

REMOVED = ("removed_since", "!=", False)
PRESENT = ("removed_since", "=", False)


class Match(NamedTuple):
    """A binding of the machine that is looked for."""

    binding: object
    #: sentence
    reason: str


class OcsComputerMatcher(Component):
    """Finds a machine whose id in OCS is another one now.

    OCS gives a new id to a machine that was reinstalled, merges the old one into it
    sooner or later, and says so in deleted_equiv if it is configured to; that is asked
    first, then the backend's matching keys in their order. Only a binding whose
    computer is gone can be moved, and nothing is guessed: a value that several machines
    share tells nothing. What a person has decided on is left to the import of that
    computer.
    """

    _name = "ocs.computer.matcher"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "record.matcher"

    def match(self, external_ids):
        """Bindings of computers that are gone, and there again under these ids.

        :param external_ids: ascending list of int (hardware.ID) without binding
        :return: dict {external id: :class:`Match`}
        """
        if not external_ids or not self._search(REMOVED, limit=1):
            return {}
        merged, external_ids = self._match_merged(external_ids)
        found = self._match_new(external_ids)
        # the machine itself goes before one that was merged into its asset
        taken = {match.binding for match in found.values()}
        return found | {
            external_id: match
            for external_id, match in merged.items()
            if match.binding not in taken
        }

    def _match_new(self, external_ids):
        """Computers that nobody merged, nor decided on; as ``match``."""
        issues = self.env["ocs.import.issue"]
        decided = issues._decided(self.backend_record, external_ids)
        external_ids = [each for each in external_ids if each not in decided]
        if not external_ids:
            return {}
        found = self._match_by_equivalence(external_ids)
        identities = self.backend_adapter.read_identities(external_ids)
        for key in self._keys:
            left = {
                external_id: identity
                for external_id, identity in identities.items()
                if external_id not in found
            }
            taken = {match.binding.id for match in found.values()}
            found |= self._match_by(key, left, taken)
        return found

    def rebind(self, external_ids):
        """Move the bindings of machines that are there again under these ids.

        :param external_ids: as for ``match``
        :return: dict {external id: binding}, without those that could not be moved
        """
        rebound = {}
        for external_id, match in self.match(external_ids).items():
            try:
                with self.env.cr.savepoint():
                    match.binding._rebind(external_id, match.reason)
            except OperationalError:  # of the whole transaction: try all of it again
                raise
            except Exception:  # the job that finds its asset gone lists the reason
                _logger.exception("OCS computer %s is not linked anew", external_id)
            else:
                rebound[external_id] = match.binding
        return rebound

    def find_replacement(self, binding):
        """Another binding of a machine, which came before this one was found gone.

        :param binding: binding whose computer is gone
        :return: :class:`Match` or None
        """
        successor = self.backend_adapter.find_successor(binding.external_id)
        replacement = self._search(PRESENT, ("external_id", "=", successor))
        if replacement:
            return Match(replacement, self._merged())
        for key in self._keys:
            value = binding[key]
            if self._blacklist.tells_nothing(key, value):
                continue
            same = self._search((key, "=", value))
            present = same.filtered(lambda each: not each.removed_since)
            if len(present) == 1 and self.are_one(same - present):
                # both computers were there at once, and two machines of one maker may
                # share a serial number
                if self._may_be(key, binding, present, strictly=True):
                    return Match(present, self._same(key, value))
        return None

    def are_one(self, bindings):
        """Whether both serial number and UUID say that it is one machine.

        :param bindings: bindings of computers, not empty
        """
        return len(bindings) == 1 or all(
            len(set(bindings.mapped(key))) == 1
            and not self._blacklist.tells_nothing(key, bindings[0][key])
            for key in ("ocs_serial", "hardware_uuid")
        )

    def _match_merged(self, external_ids):
        """Computers that a person merged into an asset: they make no other one.

        :return: dict as for ``match``, and the ids that were not merged
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
        predecessors = self.backend_adapter.find_predecessors(external_ids)
        found = {}
        for external_id, ancestors in predecessors.items():
            bindings = self._search(REMOVED, ("external_id", "in", ancestors))
            if bindings:
                binding = bindings.sorted("id")[0]
                found[external_id] = Match(binding, self._merged())
        return found

    def _match_by(self, key, identities, taken):
        """Bindings that are gone and have a value that only one machine has.

        :param key: name of a field
        :param identities: dict {external id: dict {field: value}}
        :param taken: ids of bindings that are matched already
        """
        values = {each[key] for each in identities.values()}
        values = {
            each for each in values if not self._blacklist.tells_nothing(key, each)
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
                if self._may_be(key, binding, identity):
                    found[external_id] = Match(binding, self._same(key, value))
        return found

    def _first(self, bindings):
        """The first asset of a machine that has had several, all of them gone.

        :return: binding, empty if they may be of several machines
        """
        are_one = bindings and self.are_one(bindings)
        return bindings.sorted("id")[:1] if are_one else self.model

    def _may_be(self, key, binding, other, strictly=False):
        """Whether nothing says that these are two machines.

        A copied virtual machine has the UUID of the original, a disk that was moved
        its device id, but neither has its serial number. A machine whose board was
        replaced has another UUID: that speaks only against the weaker keys.

        :param other: binding, or dict of the same fields
        :param strictly: whether another UUID speaks against any key
        """
        real = self._blacklist.real_serials
        if are_two(real([binding.ocs_serial]), real([other["ocs_serial"]])):
            return False
        uuids = [real_uuids([each["hardware_uuid"]]) for each in (binding, other)]
        return not ((strictly or key in WEAK) and are_two(*uuids))

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

    def _merged(self):
        return self.env._("OCS merged them (deleted_equiv)")

    def _same(self, key, value):
        described = self.env["ocs.matching.key"]._describe(key, value)
        return self.env._("%s is the same", described)
