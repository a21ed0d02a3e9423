# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_statements import StatementsCase

from .change_log import ChangeLogDetectionMixin


@tagged("post_install", "-at_install")
class TestStatements(ChangeLogDetectionMixin, StatementsCase):
    """What a run with the change log asks OCS, it asks once."""

    def test_one_changed_computer(self):
        with self.asked() as found:
            run = self.import_changed()
        self.assertEqual((run.detection, run.job_count), ("changelog", 1))
        self.assert_once(found)
