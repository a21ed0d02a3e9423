# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.fields import Domain

from ..lib.identifiers import plain_serial


class Dependencies:
    """Computers whose imports depend on each other.

    An import may take a serial number or a monitor from the asset of another computer,
    and the rows of one machine may match the same asset. If two jobs do so at once, one
    of them is rolled back and retried.

    :param backend: ocs.backend
    :param adapter: ``ocs.computer.adapter``
    """

    def __init__(self, backend, adapter):
        self._backend, self._adapter, self._env = backend, adapter, backend.env
        self._mine = Domain("backend_id", "=", backend.id)

    def find(self, external_ids):
        """Yield collections of IDs, of computers that one job should import.

        :param external_ids: ascending list of int (hardware.ID)
        """
        yield from self._one_machine()
        reported = self._adapter.read_serials(external_ids)
        yield from self._takers(
            self._by_serial("ocs_serial", reported.items()),
            self._serial_holders,
        )
        reported = self._adapter.read_monitor_serials(external_ids)
        yield from self._takers(
            self._by_serial("monitor", reported), self._monitor_holders
        )

    def _one_machine(self):
        """Yield the computers that may be the same machine, or have its monitor."""
        undecided = Domain("is_shared", "=", False) | Domain("owner_id", "!=", 0)
        shared = self._env["ocs.shared.identifier"].search_fetch(
            self._mine & undecided & Domain("external_ids", "!=", False),
            ["external_ids"],
        )
        yield from shared.mapped("external_ids")

    def _by_serial(self, field, reported):
        """Return the computers by the serial number that one asset may have.

        :param reported: pairs of hardware.ID and serial number
        :return: dict {serial number: list of hardware.ID}
        """
        blacklist, found = self._backend._blacklist(), defaultdict(list)
        for external_id, serial in reported:
            is_shared = (field, plain_serial(serial)) in blacklist.shared
            if not is_shared and not blacklist.has_serial(serial):
                found[serial].append(external_id)
        return found

    def _takers(self, reported, find_holders):
        """Yield the computers that report what the asset of another one has.

        :param reported: dict {serial number: list of hardware.ID}
        :param find_holders: function that yields pairs of the ID of a computer and the
            serial number of its asset, or of a monitor of it
        """
        for holder, serial in find_holders(list(reported)) if reported else ():
            if any(each != holder for each in reported[serial]):
                yield holder, *reported[serial]

    def _serial_holders(self, serials):
        bindings = self._search(
            "ocs.computer.binding", Domain("odoo_id.serial_no", "in", serials)
        )
        return ((each.external_id, each.serial_no) for each in bindings)

    def _monitor_holders(self, serials):
        plugged_in = Domain("computer_id", "!=", False)
        monitors = self._search(
            "ocs.monitor.binding", Domain("ocs_serial", "in", serials) & plugged_in
        )
        for monitor in monitors:
            for computer in monitor.computer_id.ocs_bind_ids:
                if computer.backend_id == self._backend:
                    yield computer.external_id, monitor.ocs_serial

    def _search(self, model, domain):
        records = self._env[model].with_context(active_test=False)
        return records.search(self._mine & domain)
