# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .runs import RunCase

SCRIPT = "connector_ocs/migrations/19.0.1.3.0/post-migrate.py"


@tagged("post_install", "-at_install")
class TestPagesMigration(RunCase):
    """A run that goes on during an upgrade still knows what is left."""

    def test_upgrade(self):
        self.ocs = {number: self.machine(number) for number in (1, 2, 3)}
        self.backend._start_run("schedule")
        self.work("import_batch")
        jobs = self.jobs("pending", "import_record")
        self.env.flush_all()
        self.env.cr.execute("UPDATE queue_job SET ocs_computer_count = NULL")
        self.env.invalidate_all()
        self.assertEqual(self.last_run().left_count, 0)
        spec = spec_from_file_location("post_migrate", file_path(SCRIPT))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertEqual(self.last_run().left_count, 3)
        self.assertEqual(set(jobs.mapped("ocs_computer_count")), {1})
        others = self.jobs("done", "import_batch") | self.jobs("pending", "close_run")
        self.assertFalse(any(others.mapped("ocs_computer_count")))
