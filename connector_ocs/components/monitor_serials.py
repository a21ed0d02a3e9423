# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from itertools import combinations

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.monitors import Decision, Place, are_different, decide, describe
from ..lib.values import local_to_utc

#: No computer but the holder is known to report the serial number.
UNDECIDED = Decision()


class OcsMonitorSerials(Component):
    """Registry of the serial numbers of monitors that several computers report.

    Each run decides who has the monitor, see ``ocs.monitor.shared.finder``. Imports
    look the decision up. If a computer has reported the serial number only since the
    run, its import decides by the same rule, and the next run stores the decision.
    """

    _name = "ocs.monitor.serials"
    _inherit = "ocs.lookup"
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.serials"

    def value(self, serial):
        """Return the normal form of a serial number, '' if it is a placeholder."""
        return "" if self._blacklist.has_serial(serial) else plain_serial(serial)

    def find(self, computer_import):
        """Return what the last run has decided on the monitors of a computer.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :return: dict {serial number in normal form: :class:`Decision`}; may contain
            those of other computers, too
        """
        return self._look_up(computer_import, self._search_decided)

    def _search_decided(self, imports):
        values = {
            self.value(monitor["serial"])
            for each in imports
            for monitor in each.monitors
        }
        found = self._model._find(self.backend_record, "monitor", values - {""})
        decided = {value: self.decision(record) for value, record in found.items()}
        return [decided] * len(imports)

    def decision(self, record):
        """Return the :class:`Decision` that a record of a value contains."""
        return Decision(
            tuple(record.external_ids or ()), record.owner_id, record.is_shared
        )

    def decide(self, values, known):
        """Decide who has the monitors, from the current rows of OCS.

        :param values: set of str
        :param known: dict {value: :class:`Decision`} of the last run
        :return: dict {value: :class:`Decision`}, and dict {value: :class:`Place`} of
            those that are not known to be shared
        """
        rows = defaultdict(list)
        for row in self._adapter.read_monitors(values):
            rows[plain_serial(row["SERIAL"])].append(row)
        undecided = {value for value in values if not self._is_shared(value, known)}
        places, machines = self._places(undecided, rows), self._machines()
        decisions = {
            value: decide(
                {row["OWNER"]: self._date(row) for row in rows[value]},
                known.get(value, UNDECIDED),
                places.get(value, Place()),
                value in undecided and self._is_repeated(rows[value]),
                self._is_one_machine(rows[value], machines),
            )
            for value in values
        }
        return decisions, places

    def _is_shared(self, value, known):
        return known.get(value, UNDECIDED).is_shared

    def _machines(self):
        """Return the rows of hardware that are one machine: list of sets of IDs.

        See ``ocs.computer.shared.finder``.
        """
        found = self._model.search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("field", "=", "ocs_serial"),
                ("is_shared", "=", False),
                ("owner_id", "!=", 0),
            ],
            ["external_ids"],
        )
        return [set(each.external_ids or ()) for each in found]

    def _is_one_machine(self, rows, machines):
        owners = {row["OWNER"] for row in rows}
        return any(machine.issuperset(owners) for machine in machines)

    def _date(self, row):
        date = local_to_utc(row["LASTDATE"], self.backend_record.tz)
        return date or datetime.min

    def _is_repeated(self, rows):
        """Return whether the rows describe different monitors."""
        described = {tuple(describe(row).items()) for row in rows}
        pairs = combinations(map(dict, described), 2)
        return any(are_different(one, other) for one, other in pairs)

    def _places(self, values, rows):
        """Return where the monitors are in Odoo.

        :param rows: dict {value: list of dict}, see ``read_monitors``
        :return: dict {value: :class:`Place`}
        """
        bindings = self._bindings(values)
        assets = self.env["maintenance.equipment"].concat(
            *(each.odoo_id for each in bindings.values())
        )
        # sudo: users cannot see the computers of other backends
        connections = self.env["maintenance.equipment.connection"].sudo()
        periods = connections._find_places(assets)
        places = dict.fromkeys(values, Place())
        for value, binding in bindings.items():
            asset = binding.odoo_id
            last, former = periods.get(asset, (connections, connections))
            holder = asset.browse() if asset.unplugged_since else asset.computer_id
            places[value] = Place(
                self._external_id(holder, rows[value]),
                last.date_from or datetime.min,
                self._external_id(former.computer_id, rows[value]),
                former.date_from or datetime.min,
            )
        return places

    def find_returned(self):
        """Return the serial numbers of monitors that are back on a former computer."""
        connections = self.env["maintenance.equipment.connection"].sudo()
        returned = [asset.id for asset in connections._find_places()]
        bindings = self.model.with_context(active_test=False).search(
            [("backend_id", "=", self.backend_record.id), ("odoo_id", "in", returned)]
        )
        serials = ((each.external_id, self.value(each.ocs_serial)) for each in bindings)
        return {value for key, value in serials if key == value}

    def _bindings(self, values):
        """Return the monitors with a serial number, as imported from any OCS.

        A second backend on the same OCS finds the monitors of the first one.

        :return: dict {value: binding}, preferably of this backend
        """
        backend = self.backend_record
        # sudo: the backends of a company are no secret
        model = self.model.sudo().with_context(active_test=False)
        bindings = model.search(
            [
                ("external_id", "in", list(values)),
                ("backend_id.company_id", "=", backend.company_id.id),
            ]
        )
        own = bindings.filtered(lambda each: each.backend_id == backend)
        return {
            **{each.external_id: each for each in bindings},
            **{each.external_id: each for each in own},
        }

    def _external_id(self, asset, rows):
        """Return the ID in this OCS of a computer's asset, 0 if it has none.

        :param rows: rows of the computers that report a monitor
        """
        bindings = asset.ocs_bind_ids
        own = bindings.filtered(lambda each: each.backend_id == self.backend_record)
        if own:
            return own.external_id
        agents = set(bindings.mapped("device_id"))
        found = (row["OWNER"] for row in rows if row["DEVICEID"] in agents)
        return next(found, 0)

    @cached_property
    def _blacklist(self):
        return self.backend_record._blacklist()

    @property
    def _adapter(self):
        return self.component(
            usage="backend.adapter", model_name="ocs.computer.binding"
        )

    @property
    def _model(self):
        # sudo: whoever starts the import
        return self.env["ocs.shared.identifier"].sudo()
