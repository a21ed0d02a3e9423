# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Monitors that move from one computer to another."""

from datetime import datetime

from .common import ocs_monitor


def day(number):
    return datetime(2026, 1, number, 10)


class MonitorMixin:
    """Mixin for computers with monitors, inventoried on days of January 2026."""

    SERIAL = "CN0ABC123"

    def inventory(self, external_id, *serials, on, **columns):
        """Put a computer whose inventory reports these monitors into OCS.

        :param serials: serial numbers of its monitors, or whole rows
        :param on: day of January, int
        """
        rows = [
            each if isinstance(each, dict) else ocs_monitor(each, **columns)
            for each in serials
        ]
        hardware = {"LASTDATE": day(on)}
        self.ocs[external_id] = self.machine(
            external_id, hardware=hardware, monitors=rows
        )

    def report(self, external_id, *serials, on, **columns):
        """Import what changed, after an inventory.

        :return: binding of the computer
        """
        self.inventory(external_id, *serials, on=on, **columns)
        self.import_changed()
        return self.binding(external_id)

    def all_monitors(self):
        """Return the assets of all monitors, even archived ones."""
        bindings = self.env["ocs.monitor.binding"].with_context(active_test=False)
        return bindings.search([("backend_id", "=", self.backend.id)]).odoo_id

    def monitor(self, serial=None):
        """Return the asset of a monitor, even if it is archived."""
        serial = serial or self.SERIAL
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        return equipment.search([("ocs_monitor_bind_ids.ocs_serial", "=", serial)])

    def periods(self, monitor):
        """Return [(computer name, first day, last day or False)], oldest first."""
        self.env.invalidate_all()
        return [
            (each.computer_name, each.date_from.day, each.date_to and each.date_to.day)
            for each in reversed(monitor.connection_ids)
        ]

    def tables(self):
        return self.versions(
            "maintenance_equipment",
            "maintenance_equipment_connection",
            "ocs_monitor_binding",
            "ocs_computer_binding",
            "mail_message",
        )

    def assert_idempotent(self, *external_ids):
        """Assert that importing again writes nothing."""
        before = self.tables()
        for external_id in (*external_ids, *external_ids):
            self.import_computer(external_id, force=True)
        self.assertEqual(self.tables(), before)
