# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_histories

from ..lib.session import WritableSession
from ..models.ocs_backend import OcsBackend
from .change_log import ChangeLogDetectionMixin


@tagged("post_install", "-at_install")
class TestHistoriesOfChangeLog(ChangeLogDetectionMixin, test_histories.TestHistories):
    """The same tests with the change log.

    Unfinished deletions are excluded: the console also deletes the rows of the computer
    from the change log, so that only the next comparison detects the deletion.
    """

    allow_inherited_tests_method = True
    without = ("begin_delete",)
    calls = {
        **test_histories.TestHistories.calls,
        "execute": (WritableSession, "execute"),
        "acknowledge": (OcsBackend, "_acknowledge"),
    }

    def assert_states(self, history):
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        pending = self.sql("SELECT * FROM hardware_updates WHERE processed = 0")
        self.assertFalse(pending)
        return super().assert_states(history)
