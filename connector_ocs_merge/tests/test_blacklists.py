# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor
from odoo.addons.connector_ocs.tests.runs import RunCase


@tagged("post_install", "-at_install")
class TestBlacklists(RunCase):
    """Values of merged assets are on the OCS blacklists."""

    def blacklist(self, serials=()):
        """Set the OCS blacklists, by default to empty lists."""
        self.blacklists = {"serials": frozenset(serials), "macs": frozenset()}

    def test_blacklisted_serial_of_a_merged_monitor(self):
        """The asset has the key of one monitor and the serial number of the other."""
        self.blacklist()
        monitors = [ocs_monitor("CN0ABC123"), ocs_monitor("CN0ABC456")]
        for number, monitor in enumerate(monitors, 1):
            self.ocs[number] = self.machine(number, monitors=[monitor])
        self.import_changed()
        kept, merged = (self.binding(number).monitor_ids for number in (1, 2))
        self.env["ocs.asset.merge"]._merge(kept, merged)
        binding = kept.ocs_monitor_bind_ids
        self.assertEqual(binding.external_id, "CN0ABC456")
        self.ocs[2]["monitors"] = []
        for _run in range(3):
            self.import_changed(force=True)
        self.assertEqual(binding.ocs_serial, "CN0ABC123")
        for listed in (["cn0abc123"], []):
            with self.subTest(listed=listed):
                self.blacklist(listed)
                self.import_changed()
                self.assertEqual(self.binding(1).monitor_ids, kept)
