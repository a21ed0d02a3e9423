# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Monitors that move from one computer to another."""

from datetime import datetime

from .common import ocs_monitor


def day(number):
    return datetime(2026, 1, number, 10)


class MonitorMixin:
    """Mixin for computers with monitors, inventoried on days of January 2026."""

    SERIAL = "CN0ABC123"

    def report(self, external_id, *serials, on, **columns):
        """Import a computer whose inventory reports these monitors.

        :param serials: serial numbers of its monitors, or whole rows
        :param on: day of January, int
        :return: its binding
        """
        rows = [
            each if isinstance(each, dict) else ocs_monitor(each, **columns)
            for each in serials
        ]
        hardware = {"LASTDATE": day(on)}
        computer = self.machine(external_id, hardware=hardware, monitors=rows)
        return self.import_computer(external_id, computer)

    def monitor(self, serial=SERIAL):
        """Return the asset of a monitor, even if it is archived."""
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
        for external_id in external_ids:  # brings warnings about the others up to date
            self.import_computer(external_id, force=True)
        before = self.tables()
        for external_id in (*external_ids, *external_ids):
            self.import_computer(external_id, force=True)
        self.assertEqual(self.tables(), before)
