# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import OcsCase, ocs_computer, ocs_monitor

SCRIPT = "connector_ocs/migrations/19.0.1.2.0/post-migrate.py"


@tagged("post_install", "-at_install")
class TestIdentityMigration(OcsCase):
    """A backend of before gets what a new one has."""

    def test_upgrade(self):
        computer = ocs_computer(monitors=[ocs_monitor("CN0ABC123")])
        binding = self.import_computer(1, computer)
        monitor = binding.monitor_ids.ocs_monitor_bind_ids
        self.assertIn("CN0ABC123", monitor.match_reason)
        (binding + self.import_computer(2, ocs_computer())).match_reason = False
        monitor.match_reason = False
        self.backend.matching_key_ids.unlink()
        spec = spec_from_file_location("post_migrate", file_path(SCRIPT))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        for _time in range(2):
            script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(len(self.backend.matching_key_ids), 6)
        self.assertIn("ocs_serial", self.backend._matching_fields())
        self.assertIn("before reasons were kept", binding.match_reason)
        self.assertIn("before reasons were kept", monitor.match_reason)
