# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.monitors import monitor_values


class OcsChunkPrefetcher(Component):
    """Prefetcher that makes the searches of all imports of a chunk at once.

    The results are kept in ``work.prefetched``. They remain valid for a computer unless
    another one of the chunk is related to it: see ``ocs.chunk.planner``.
    """

    _name = "ocs.chunk.prefetcher"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "chunk.prefetcher"

    def prefetch(self, importers):
        """Make all the searches.

        :param importers: list of ``ocs.computer.importer`` that were started
        """
        new = [each.computer for each in importers if not each.binding]
        self._prefetch_issues([importer.external_id for importer in importers])
        self._prefetch_assets(new)
        self._prefetch_serials([importer.computer for importer in importers])
        self._prefetch_shared(importers)
        self._prefetch_monitors([importer.computer for importer in importers])
        self._prefetch_attached(importers)

    def _prefetch_issues(self, external_ids):
        issues = self.env["ocs.import.issue"]
        mine = ("backend_id", "=", self.backend_record.id)
        found = issues.search_fetch(
            [mine, ("external_id", "in", external_ids)], ["external_id"]
        )
        self._note_records("issue", external_ids, found, "external_id")
        ignored = issues.search([mine, ("decision", "=", "ignore")], limit=1)
        backend_id = self.backend_record.id
        self.prefetched.store("ignored", [backend_id], {backend_id: ignored.ids})

    def _prefetch_assets(self, computers):
        found = self.component(usage="asset.search").find_many(computers)
        external_ids = [computer["external_id"] for computer in computers]
        self.prefetched.store("asset", external_ids, found)

    def _prefetch_serials(self, computers):
        """Search for records with the serial numbers of computers and monitors."""
        own = {computer.get("bios", {}).get("SSN") for computer in computers}
        serials = own.union(
            row["SERIAL"]
            for computer in computers
            for row in computer.get("monitors", ())
        )
        # sudo: the constraint counts the assets of all companies as well
        equipment = self.env["maintenance.equipment"].sudo()
        owners = equipment.with_context(active_test=False).search_fetch(
            [("serial_no", "in", self._texts(serials))], ["serial_no"]
        )
        self._note_records("serial_no", serials, owners, "serial_no")

    def _prefetch_shared(self, importers):
        """Look up which new or former serial numbers several computers report."""
        serials = set()
        for importer in importers:
            serials.add(importer.computer.get("bios", {}).get("SSN"))
            serials |= {importer.binding.ocs_serial, importer.binding.serial_no}
        values = {plain_serial(each) for each in self._texts(serials)}
        found = self.component(usage="serial.resolver").search(values)
        ids = {value: shared.ids for value, shared in found.items()}
        self.prefetched.store("shared serial", values, ids)

    def _prefetch_monitors(self, computers):
        identifier = self.component(
            usage="monitor.identifier", model_name="ocs.monitor.binding"
        )
        keys, values = set(), set()
        for computer in computers:
            monitors = monitor_values(computer.get("monitors", ()))
            keys |= identifier.possible_keys(computer["external_id"], monitors)
            values |= identifier.real_serials(monitors)
        serials = self.component(
            usage="monitor.serials", model_name="ocs.monitor.binding"
        )
        decided = serials.search(values)
        self._note_records("monitor decision", values, decided, "value")
        self._prefetch_keys(keys)

    def _prefetch_keys(self, keys):
        """Search for the monitors with some keys.

        :param keys: set of str, the possible values of ocs.monitor.binding.external_id
        """
        identifier = self.component(
            usage="monitor.identifier", model_name="ocs.monitor.binding"
        )
        found = identifier.search(keys)
        self._note_records("monitor", keys, found, "external_id")

    def _prefetch_attached(self, importers):
        importer = self.component(
            usage="record.importer", model_name="ocs.monitor.binding"
        )
        assets = self.env["maintenance.equipment"].concat(
            *(each.binding.odoo_id for each in importers)
        )
        found = importer.search_attached(assets).grouped("computer_id")
        attached = {asset.id: monitors.ids for asset, monitors in found.items()}
        self.prefetched.store("attached", assets.ids, attached)

    def _note_records(self, name, keys, records, field):
        found = {value: group.ids for value, group in records.grouped(field).items()}
        self.prefetched.store(name, keys, found)

    def _texts(self, values):
        return [value for value in values if value]
