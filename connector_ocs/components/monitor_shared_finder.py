# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import Component

from .monitor_serials import UNDECIDED


class OcsMonitorSharedFinder(Component):
    """Finder of the serial numbers of monitors that several computers report."""

    _name = "ocs.monitor.shared.finder"
    _inherit = "ocs.shared.finder"
    _sequence = 20

    def run(self):
        records = self._records()
        known = {value: self._serials.decision(each) for value, each in records.items()}
        repeated = self.backend_adapter.find_repeated_monitors()
        values = {self._serials.value(value) for value in repeated} - {""}
        values |= self._serials.find_returned() | set(records)
        decisions, places = self._serials.decide(values, known)
        relevant = {
            value: decision
            for value, decision in decisions.items()
            if value in records or decision.is_remembered
        }
        self._store(records, relevant)
        former = {
            value: known.get(value) or UNDECIDED._replace(owner=places[value].holder)
            for value in relevant
        }
        self._import_again(
            external_id
            for value, decision in relevant.items()
            for external_id in decision.reporters
            if self._is_concerned(external_id, decision, former[value])
        )

    def _is_concerned(self, external_id, decision, former):
        """Return whether the import of a computer may have followed another decision.

        Whoever was not known to report the serial number may have been imported since
        the last run, and that import has decided by itself.
        """
        is_new = external_id not in former.reporters
        return is_new or decision.role(external_id) != former.role(external_id)

    def _records(self):
        """Return the remembered values: dict {value: ocs.shared.identifier}."""
        found = self._model.search(
            [("backend_id", "=", self.backend_record.id), ("field", "=", "monitor")]
        )
        return {each.value: each for each in found}

    def _store(self, records, decisions):
        """Remember the decisions on values that several computers report or shared."""
        new, obsolete = [], self._model
        for value, decision in decisions.items():
            record = records.get(value, self._model)
            if not decision.is_remembered:
                obsolete |= record
            elif not record:
                new.append(self._values(value, decision))
            elif decision != self._serials.decision(record):
                record.write(self._values(value, decision))
        obsolete.unlink()
        self._model.create(new)

    def _values(self, value, decision):
        return {
            "backend_id": self.backend_record.id,
            "field": "monitor",
            "value": value,
            "external_ids": list(decision.reporters),
            "owner_id": decision.owner,
            "is_shared": decision.is_shared,
        }

    def _import_again(self, external_ids):
        """Have this run import computers, even if they have not changed in OCS."""
        bindings = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", sorted(set(external_ids))),
            ]
        )
        bindings._request_import("monitor")

    @cached_property
    def _serials(self):
        return self.component(usage="monitor.serials", model_name="ocs.monitor.binding")

    @property
    def _model(self):
        # sudo: whoever starts the import
        return self.env["ocs.shared.identifier"].sudo()
