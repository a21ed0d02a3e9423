# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import tagged
from odoo.tools import convert_file

from .common import EquipmentCase, day

ADDON = "maintenance_equipment_hardware"
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@tagged("post_install", "-at_install")
class TestUsage(EquipmentCase):
    """The documented code and the demo data work."""

    def examples(self):
        """Return the examples of the documentation for developers."""
        path = Path(get_module_path(ADDON)) / "readme" / "DEVELOP.md"
        return CODE.findall(path.read_text())

    def test_documented_code(self):
        computer = self.computer()
        monitor = self.monitor(computer, on=1)
        other = self.computer("PC-2")
        hardware, movement = self.examples()
        exec(hardware, {"computer": other})
        exec(movement, {"computer": other, "monitor": monitor, "seen": day(2)})
        self.assertEqual(other.memory_modules, "2x8192MB")
        self.assertEqual(other.component_ids.mapped("size"), ["8 GB", "8 GB", ""])
        self.assertEqual(self.periods(monitor), [("PC-1", 1, 2), ("PC-2", 2, False)])
        self.assertEqual(len(computer.component_ids), 7)

    def test_documented_context_exists(self):
        """Without the date, the examples would say something else."""
        monitor = self.monitor(self.computer(), on=3)
        monitor.with_context(connection_date=day(4))._close_connection()
        self.assertEqual(monitor.unplugged_since, day(4))
        self.assertTrue(monitor.computer_id)

    def test_demo_monitor_moved(self):
        convert_file(self.env, ADDON, "demo/maintenance_equipment.xml", {}, mode="init")
        monitor = self.env.ref(f"{ADDON}.monitor_meeting")
        self.env.invalidate_all()  # the order of the cache is not that of the model
        names = [each.computer_name for each in monitor.connection_ids]
        self.assertEqual(names, ["NB-MEETING", "PC-RECEPTION"])
        self.assertEqual(monitor.computer_id.name, "NB-MEETING")
        self.assertFalse(monitor.unplugged_since)
