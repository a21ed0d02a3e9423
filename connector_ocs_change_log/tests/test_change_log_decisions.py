# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .change_log import ChangeLogCase

UUID = "4C4C4544-0042-3510-8052-B4C04F564E31"


@tagged("post_install", "-at_install")
class TestChangeLogDecisions(ChangeLogCase):
    """Decisions of users when changes are detected by the change log."""

    def setUp(self):
        super().setUp()
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        self.assets = self.env["maintenance.equipment"].create(
            [{"name": f"Manual {each}", "hardware_uuid": UUID} for each in "AB"]
        )
        self.import_all()
        self.insert_computer(1, "PC-1", UUID=UUID)
        self.import_all()
        self.assertEqual(self.issue(1).reason, "ambiguous")
        self.assert_acknowledged()

    def assert_acknowledged(self):
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        pending = "SELECT * FROM hardware_updates WHERE processed = 0"
        self.assertFalse(self.sql(pending))

    def test_candidate_is_deleted(self):
        """Nothing changed in OCS, but the next run links the computer."""
        self.assets[0].unlink()
        self.import_all()
        self.assertEqual(self.binding(1).odoo_id, self.assets[1])

    def test_ignored_computer_changes(self):
        self.issue(1).action_ignore()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 1")
        self.import_all()
        self.assertEqual(self.issue(1).reason, "ignored")
        self.assertFalse(self.binding(1))
        self.assertFalse(self.backend.last_run_id.job_count)
        self.assert_acknowledged()

    def test_ignored_computer_is_deleted(self):
        """It may come back, and is ignored then."""
        self.issue(1).action_ignore()
        self.sql("DELETE FROM hardware WHERE ID = 1")
        self.import_all()
        self.assertEqual(self.issue(1).reason, "ignored")

    def test_computer_listed_after_the_scan_found_its_deletion(self):
        """Nothing in OCS tells of it any more."""
        for external_id, reason in ((8, "deleted"), (9, "tag")):
            self.env["ocs.import.issue"]._record(self.backend, external_id, reason)
        self.import_all()
        self.assertFalse(self.issue(8))
        self.assertFalse(self.issue(9))


@tagged("post_install", "-at_install")
class TestSharedInChangeLog(ChangeLogCase):
    """Values that computers share when changes are detected by the change log."""

    def setUp(self):
        super().setUp()
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        for external_id in (1, 2):
            self.insert_computer(external_id, f"PC-{external_id}")
        self.import_all()

    def test_serial_number_that_becomes_shared(self):
        """The computer that had it alone is imported, too, without a change in OCS."""
        self.insert("bios", HARDWARE_ID=1, SSN="5CG1234XYZ")
        self.import_all()
        self.assertEqual(self.binding(1).serial_no, "5CG1234XYZ")
        self.sql("UPDATE hardware SET UUID = %s WHERE ID = 1", UUID)
        self.insert("bios", HARDWARE_ID=2, SSN="5CG1234XYZ", SMODEL="Another")
        self.sql("UPDATE hardware SET UUID = %s WHERE ID = 2", UUID.replace("1", "2"))
        self.import_all()
        self.assert_shared()

    def assert_shared(self):
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        for external_id in (1, 2):
            self.assertFalse(self.binding(external_id).serial_no)

    def test_change_after_the_comparison(self):
        """It is imported at once, but the next run knows that it concerns others."""
        for external_id in (1, 2):
            self.sql("UPDATE hardware SET UUID = UUID() WHERE ID = %s", external_id)
        self.insert("bios", HARDWARE_ID=2, SSN="5CG1234XYZ", SMODEL="Another")
        self.import_all()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 1")
        jobs = self.env["ocs.computer.binding"]
        self.backend._start_run("schedule")
        with trap_jobs():
            self.backend.last_run_id.scan()
        self.insert("bios", HARDWARE_ID=1, SSN="5CG1234XYZ", SMODEL="One")
        jobs.import_record(self.backend, 1)
        self.backend.last_run_id.close()
        self.import_all()
        self.assert_shared()
        self.assertFalse(self.sql("SELECT * FROM hardware_updates WHERE processed = 0"))
