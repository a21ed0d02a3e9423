# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from itertools import combinations

from odoo.tools import escape_psql, split_every

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.identity import (
    DIFFERENT,
    SAME,
    UNCLEAR,
    coexisted,
    compare,
    is_replacement,
)
from ..lib.values import local_to_utc
from .computer_adapter_shared import MAX_COMPARED, SOURCES

#: Values whose computers are compared at once: bounds the memory.
VALUES_BATCH = 100
#: Fields of ocs.shared.identifier that decide which asset has a serial number.
DECISION = ("external_ids", "owner_id")
#: Reasons of computers without asset that only a user or another run imports.
DECISIONS = ("ambiguous", "ignored", "replaced")


class OcsComputerSharedFinder(Component):
    """Finder of the identifiers that several computers in OCS report.

    The computers with a value may be one machine that was reinstalled and has two IDs
    in OCS until OCS merges them: the first asset has the serial number. Otherwise
    they are different machines, and the value identifies none of them: it is remembered
    as shared, and none of their assets has it as serial number.
    """

    _name = "ocs.computer.shared.finder"
    _inherit = "ocs.shared.finder"

    def run(self):
        reported = {field: self._find(field) for field in SOURCES}
        known = {field: self._known(field) for field in SOURCES}
        for field in SOURCES:
            self._forget(field, known[field], reported[field])
        for field in SOURCES:
            self._decide_all(field, reported[field])
        self._request_released()

    def _request_released(self):
        """Import conflicting computers that may have their serial number now."""
        available = self.model._find_available_serials(self.backend_record)
        resolver = self.component(usage="serial.resolver")
        known = resolver.search(available.mapped("ocs_serial"))
        ownership = self.component(usage="ownership")
        available.filtered(
            lambda each: (
                not known.get(plain_serial(each.ocs_serial), self._shared)._is_reserved(
                    each.external_id
                )
                and not ownership.is_protected(each, "serial_no")
            )
        )._request_import("released")

    def _find(self, field):
        """Return the values that several computers report now.

        :return: dict {value in normal form: ``ReportedValue`` of ``find_reported``}
        """
        blacklist, found = self.backend_record._blacklist(), {}
        for reported in self.backend_adapter.find_reported(field):
            for value in blacklist.normal_forms(field, reported.value):
                found[value] = reported._replace(value=value)
        return found

    def _known(self, field):
        """Return what was found before: dict {value: ocs.shared.identifier}."""
        known = self._shared.search_fetch(
            [("backend_id", "=", self.backend_record.id), ("field", "=", field)],
            ["value", "external_ids", "digest", "owner_id", "is_shared"],
        )
        return {each.value: each for each in known}

    def _forget(self, field, known, reported):
        """Release the values that no longer several computers report.

        Those that different machines had are remembered.
        """
        former = self._shared.concat(
            *(
                each
                for value, each in known.items()
                if each.external_ids and value not in reported
            )
        )
        for batch in split_every(VALUES_BATCH, former):
            released = {each.value: (each.external_ids, None) for each in batch}
            self._request_imports(field, released)
        remembered = former.filtered("is_shared")
        remembered.write({"external_ids": False, "digest": False, "owner_id": 0})
        (former - remembered).unlink()

    def _decide_all(self, field, reported):
        """Decide on the values of a field whose computers have changed."""
        known = self._known(field)
        owned = [each.external_ids or () for each in known.values() if each.owner_id]
        reasons = self.env["ocs.import.issue"]._skip_reasons()
        skipped = self._skipped({each for ids in owned for each in ids}, reasons)
        undecided = (
            each
            for value, each in reported.items()
            if self._is_undecided(known.get(value, self._shared), each, skipped)
        )
        for batch in split_every(VALUES_BATCH, undecided):
            self._decide(field, batch, known)

    def _is_undecided(self, record, reported, skipped):
        """Return whether the computers have changed, or the owner was not imported."""
        if record.digest != reported.digest:
            return True
        is_skipped = record.owner_id in skipped
        return is_skipped and not skipped.issuperset(record.external_ids)

    def _skipped(self, external_ids, reasons):
        """Return those of some computers that have no asset and are not imported.

        :param reasons: keys of ocs.import.issue.reason
        :return: set of hardware.ID
        """
        issues = self.env["ocs.import.issue"].search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", sorted(external_ids)),
                ("reason", "in", reasons),
                ("binding_id", "=", False),
            ],
            ["external_id"],
        )
        return set(issues.mapped("external_id"))

    def _decide(self, field, batch, known):
        """Decide on some values, and record what changed."""
        computers, blank, new, decisions = self._read(batch), self._shared, [], {}
        for reported in batch:
            record = known.get(reported.value, blank)
            values = self._decision(field, reported, computers, record.owner_id)
            values["is_shared"] |= record.is_shared
            if not record or any(record[each] != values[each] for each in DECISION):
                decisions[reported.value] = reported.external_ids, values["owner_id"]
            if record:
                self._write(record, values)
            else:
                key = {"backend_id": self.backend_record.id, "field": field}
                new.append({**key, "value": reported.value, **values})
        blank.create(new)
        self._request_imports(field, decisions)

    def _write(self, record, values):
        differences = {
            name: value for name, value in values.items() if record[name] != value
        }
        if differences:
            record.write(differences)

    def _decision(self, field, reported, computers, owner):
        """Return the values of ocs.shared.identifier for a value.

        :param owner: hardware.ID of the computer that may have had it, or 0
        """
        same = self._same_asset(reported.external_ids)
        bound = dict.fromkeys(same.get(each, each) for each in reported.external_ids)
        verdicts = set(self._verdicts(reported, bound, computers))
        may_own = field == "ocs_serial" and verdicts <= {SAME}
        return {
            "external_ids": reported.external_ids,
            "digest": reported.digest,
            "owner_id": self._owner(bound, owner) if may_own else 0,
            "is_shared": DIFFERENT in verdicts,
        }

    def _owner(self, external_ids, former):
        """Return which computer of a machine may have the serial number.

        An asset keeps it; else it is the first computer that has an asset or will have
        one after the imports of the run.
        """
        ids, bindings = list(external_ids), self._bindings(list(external_ids))
        if former in bindings:
            return former
        skipped = self._skipped(ids, DECISIONS)
        for external_id in sorted(ids, key=lambda each: each not in bindings):
            if external_id in bindings:
                return external_id
            if external_id not in skipped and self._passes_filters(external_id):
                return external_id
        return ids[0]

    def _passes_filters(self, external_id):
        """Return whether a computer without asset would be imported, by its values."""
        found = self.backend_adapter.read_many([external_id])
        importer = self.component(usage="record.importer")
        imports = importer.start(found)  # none if it was deleted meanwhile
        return bool(imports) and not importer.skip_reason(imports[0])

    def _same_asset(self, external_ids):
        """Hook for computers that have one asset: they are one machine.

        :param external_ids: list of hardware.ID
        :return: dict {hardware.ID: hardware.ID to which its asset is bound}, without
            those whose asset is bound to themselves
        """
        return {}

    def _verdicts(self, reported, bound, computers):
        """Yield what each two computers with a value are, see ``lib/identity.py``.

        :param bound: collection of hardware.ID, one for each asset
        """
        if reported.number > MAX_COMPARED:
            yield DIFFERENT
            return
        blacklist = self.backend_record._blacklist()
        found = [computers[each] for each in bound if each in computers]
        for one, other in combinations(found, 2):
            if is_replacement(one, other, blacklist):
                yield SAME
            else:
                is_less = compare(one, other, blacklist).balance < 0
                yield DIFFERENT if is_less or coexisted(one, other) else UNCLEAR

    def _read(self, batch):
        """Return the computers that report some values, with their inventories.

        :return: dict {hardware.ID: dict}, as :func:`.identity.compare` and
            :func:`.identity.is_replacement` need them
        """
        compared = (each for each in batch if each.number <= MAX_COMPARED)
        ids = sorted(set().union(*(each.external_ids for each in compared)))
        if not ids:
            return {}
        bindings, dates = self._bindings(ids), self.backend_adapter.read_dates(ids)
        computers = self.backend_adapter.read_identities(ids)
        for external_id, computer in computers.items():
            seen = local_to_utc(dates.get(external_id), self.backend_record.tz) or False
            binding = bindings.get(external_id, self.model)
            computer["external_id"] = external_id
            computer["last_inventory"] = seen
            computer["first_inventory"] = binding.first_inventory or seen
        return computers

    def _bindings(self, ids):
        found = self.model.with_context(active_test=False).search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", ids),
                ("removed_since", "=", False),
            ],
            ["external_id", "first_inventory", "odoo_id"],
        )
        return found.grouped("external_id")

    def _request_imports(self, field, decisions):
        """Have this run import the computers for whose asset a decision changed.

        :param decisions: dict {value: (IDs of the computers that report it, ID of the
            one that may have it as serial number, None if any may)}
        """
        if field != "ocs_serial" or not decisions:
            return
        ids = set().union(*(each for each, _owner in decisions.values()))
        bindings = self._bindings(sorted(ids))
        concerned = self.model
        for value, (external_ids, owner) in decisions.items():
            for external_id in external_ids:
                binding = bindings.get(external_id, self.model)
                may_have = owner in (None, external_id)
                if may_have != (plain_serial(binding.serial_no) == value):
                    concerned |= binding
            if len(external_ids) == MAX_COMPARED:  # there may be more
                concerned |= self._holders(value, owner)
        concerned._request_import("shared")

    def _holders(self, value, owner):
        """Return the bindings whose asset has a serial number."""
        return self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "!=", owner or 0),
                ("odoo_id.serial_no", "=ilike", escape_psql(value)),
            ]
        )

    @property
    def _shared(self):
        return self.env["ocs.shared.identifier"]
