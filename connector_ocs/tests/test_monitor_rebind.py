# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .monitors import MonitorMixin, day
from .test_rebind import RebindCase


class MonitorRebindCase(MonitorMixin, RebindCase):
    """Test case with a computer that has monitors with and without serial number."""

    same = {
        "hardware": {"UUID": "4C4C4544-0042-3510-8052-000000000002"},
        "bios": {"SSN": "5CG0002XYZ"},
    }

    def plug(self, external_id, on, **sections):
        monitors = [ocs_monitor(self.SERIAL), ocs_monitor("")]
        hardware = {"LASTDATE": day(on), **sections.pop("hardware", {})}
        self.ocs[external_id] = self.machine(
            external_id, hardware=hardware, monitors=monitors, **sections
        )
        self.import_changed()


@tagged("post_install", "-at_install")
class TestMovementsOfOneMachine(MonitorRebindCase):
    """A computer with a new ID in OCS keeps its monitors."""

    def test_new_id(self):
        self.plug(2, 1)
        monitors = self.asset.monitor_ids
        del self.ocs[2]
        self.plug(3, 2, **self.same)
        self.assert_same_asset()
        self.assertEqual(self.asset.monitor_ids, monitors)
        for monitor in monitors:
            self.assertEqual(self.periods(monitor), [("PC-3", 1, False)])
