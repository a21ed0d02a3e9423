# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Computers and monitors without any addon that reports them."""

from datetime import datetime

from odoo.fields import Command
from odoo.tests import TransactionCase

#: Components of a computer, as an addon reports them.
COMPONENTS = (
    {"kind": "processor", "name": "Intel Core i5", "cores": 4},
    {"kind": "memory", "slot": "1", "size_mb": 8192},
    {"kind": "memory", "slot": "2", "size_mb": 8192},
    {"kind": "memory", "slot": "3", "is_empty": True},
    {"kind": "disk", "name": "sda", "model": "ST1000DM010", "size_mb": 953869},
    {"kind": "volume", "name": "C:", "size_mb": 476940, "free_mb": 1024},
    {"kind": "network", "name": "eth0", "ip_addresses": "192.0.2.10, fe80::1"},
)


def day(number):
    """Return 10 o'clock on a day of January 2026."""
    return datetime(2026, 1, number, 10)


class EquipmentMixin:
    """Mixin that creates computers and monitors."""

    def computer(self, name="PC-1", **values):
        """Create a computer with components."""
        components = [Command.create(dict(each)) for each in COMPONENTS]
        return self.env["maintenance.equipment"].create(
            {
                "name": name,
                "processor": "Intel Core i5",
                "memory_mb": 16384,
                "component_ids": components,
                **values,
            }
        )

    def monitor(self, computer, on=1):
        """Create a monitor that an inventory reported on a computer.

        :param on: day of January, int
        """
        equipment = self.env["maintenance.equipment"]
        monitor = equipment.with_context(connection_date=day(on)).create(
            {"name": "Monitor", "computer_id": computer.id}
        )
        return monitor.with_env(self.env)

    def move(self, monitor, computer, on):
        """Report a monitor on another computer, or on none."""
        monitor.with_context(connection_date=day(on)).computer_id = computer

    def periods(self, monitor):
        """Return [(computer name, first day, last day or False)], oldest first."""
        self.env.invalidate_all()
        return [
            (each.computer_name, each.date_from.day, each.date_to and each.date_to.day)
            for each in reversed(monitor.connection_ids)
        ]


class EquipmentCase(EquipmentMixin, TransactionCase):
    """Test case with computers and monitors."""
