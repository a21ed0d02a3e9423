# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector_ocs.components.computer_adapter import OcsComputerAdapter

from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestTagListsChangeLog(ChangeLogCase):
    """Lists of TAGs when changes are detected by the change log."""

    def test_skipped_computer_is_not_scanned(self):
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        for external_id in (1, 2):
            self.insert_computer(external_id, f"PC-{external_id}")
            self.insert("accountinfo", HARDWARE_ID=external_id, TAG=f"T{external_id}")
        self.import_all()
        self.backend.tag_exclude = "T2"
        self.import_all()
        self.import_all()
        self.assertEqual(self.issue(2).reason, "tag")
        self.assertTrue(self.binding(2).import_request)
        with mock.patch.object(
            OcsComputerAdapter, "scan_ids", side_effect=lambda ids: []
        ) as scan:
            self.import_all()
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        self.assertFalse([call for call in scan.call_args_list if call.args[0]])
        self.sql("UPDATE accountinfo SET TAG = 'T3' WHERE HARDWARE_ID = 2")
        self.import_all()
        self.assertFalse(self.issue(2))
        self.assertFalse(self.binding(2).import_request)

    def test_skipped_computer_is_removed(self):
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        self.backend.tag_exclude = "T2"
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.import_all()
        self.insert_computer(2, "PC-2")
        self.insert("accountinfo", HARDWARE_ID=2, TAG="T2")
        self.import_all()
        self.assertEqual(self.issue(2).reason, "tag")
        for table, column in (("accountinfo", "HARDWARE_ID"), ("hardware", "ID")):
            self.sql(f"DELETE FROM {table} WHERE {column} = 2")
        self.import_all()
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        self.assertFalse(self.issue(2))
        self.assertFalse(self.sql("SELECT 1 FROM hardware_updates WHERE processed = 0"))
