# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_statements import StatementsCase

from .change_log import ChangeLogDetectionMixin


@tagged("post_install", "-at_install")
class TestStatements(ChangeLogDetectionMixin, StatementsCase):
    """What a run with the change log asks OCS, it asks once."""

    def test_one_changed_computer(self):
        """Before it acknowledges the change, which it compares with OCS again."""
        with self.asked() as found:
            self.backend._start_run("schedule")
            self.perform_jobs("scan", "import_record")
        self.assert_once(found)
        run = self.last_run()
        self.assertEqual((run.detection, run.job_count), ("changelog", 1))
        self.perform_jobs()
        self.assertEqual(run.state, "done")
        self.assertFalse(self.sql("SELECT 1 FROM hardware_updates WHERE processed = 0"))
