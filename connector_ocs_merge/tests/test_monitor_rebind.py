# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor
from odoo.addons.connector_ocs.tests.test_monitor_rebind import MonitorRebindCase


@tagged("post_install", "-at_install")
class TestMovementsOfMergedComputers(MonitorRebindCase):
    """The asset into which another one is merged gets its monitors."""

    def test_replacement(self):
        self.plug(2, 1)
        monitor = self.monitor()
        self.plug(3, 2, **self.same)
        self.assertEqual(self.periods(monitor), [("PC-2", 1, 2), ("PC-3", 2, False)])
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assertEqual(self.periods(monitor), [("PC-3", 1, False)])
        self.assertEqual(monitor.computer_id, self.asset)

    def test_replacement_keeps_an_unplugged_monitor(self):
        self.backend.unplugged_policy = "keep"
        self.plug(2, 1)
        monitor = self.monitor()
        self.plug(3, 2, **self.same)
        self.ocs[3]["monitors"] = [ocs_monitor("CN0ABC456")]
        self.import_changed()
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assertEqual(self.periods(monitor), [("PC-3", 1, 2)])
        self.assertEqual(monitor.computer_id, self.asset)

    def test_both_rows_are_new(self):
        """They are one machine, so the monitor is not one of several."""
        monitors = [ocs_monitor(self.SERIAL), ocs_monitor("")]
        self.ocs[2]["monitors"] = monitors
        self.plug(3, 2, **self.same)
        (monitor,) = self.monitor()
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assertEqual(monitor.computer_id, self.binding(3).odoo_id)
        self.assertFalse(self.import_changed().job_count)
        without = self.all_monitors() - monitor
        self.assertEqual(len(without), 2)
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        kept, merged = without.sorted("id")
        self.assertEqual(self.asset.monitor_ids, monitor | kept)
        self.assertTrue(merged.exists())
        self.assertFalse(merged.active or merged.ocs_monitor_bind_ids)
        self.assertFalse(self.import_changed().job_count)

    def test_second_row_has_other_monitors(self):
        """Those without a serial number are matched by their place."""
        self.plug(2, 1)
        before = self.asset.monitor_ids
        self.plug(3, 2, **self.same)
        self.ocs[3]["monitors"] = [
            *self.ocs[3]["monitors"],
            ocs_monitor("", caption="DELL U2720Q"),
        ]
        self.import_changed()
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(len(self.asset.monitor_ids), 3)
        self.assertLess(before, self.asset.monitor_ids)
        self.assertFalse(self.import_changed().job_count)
