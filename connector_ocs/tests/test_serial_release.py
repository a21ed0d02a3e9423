# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from itertools import permutations

from odoo.tests import tagged

from .runs import RunCase

FIRST, SECOND, THIRD = "5CG0001XYZ", "5CG0002XYZ", "5CG0003XYZ"


class SerialReleaseCase(RunCase):
    """Test case with three computers, whose serial numbers change."""

    def setUp(self):
        super().setUp()
        self.fill(1, 2, 3)

    def report(self, *serials):
        """Let the computers report these serial numbers."""
        for number, serial in enumerate(serials, 1):
            self.ocs[number]["bios"]["SSN"] = serial

    def serials(self):
        self.env.invalidate_all()
        return [self.binding(number).serial_no or "" for number in (1, 2, 3)]

    def perform_in_order(self, numbers):
        """Import the computers of a run in an order."""
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        jobs = self.jobs("pending", "import_record", "import_chunk")
        for number in numbers:
            for job in jobs:
                if number in job._ocs_external_ids():
                    self.perform(job)
        self.perform_jobs()

    def assert_settled(self, *serials):
        self.assertEqual(self.serials(), list(serials))
        for number in (1, 2, 3):
            self.assertFalse(self.binding(number).warnings)
            self.assertFalse(self.binding(number).is_conflicting)
        self.assertEqual(self.import_changed().unchanged_count, 3)


@tagged("post_install", "-at_install")
class TestSwappedSerials(SerialReleaseCase):
    """One run settles everything, whatever the order of its jobs."""

    def test_in_any_order(self):
        for reported in (
            (SECOND, FIRST, THIRD),  # swapped
            (SECOND, THIRD, FIRST),  # in a circle
            (SECOND, THIRD, "5CG0004XYZ"),  # in a chain
            (SECOND, "", FIRST),  # one loses it
        ):
            for order in permutations((1, 2, 3)):
                with self.subTest(reported=reported, order=order):
                    savepoint = self.env.cr.savepoint()
                    self.report(*reported)
                    self.perform_in_order(order)
                    self.assert_settled(*reported)
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()

    def test_in_a_chunk(self):
        model = self.env["ocs.computer.binding"]
        for reported in ((SECOND, FIRST, THIRD), (SECOND, THIRD, FIRST)):
            with self.subTest(reported=reported):
                savepoint = self.env.cr.savepoint()
                self.report(*reported)
                model.import_chunk(self.backend, [1, 2, 3])
                self.assert_settled(*reported)
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_message(self):
        self.report(SECOND, "5CG0004XYZ", THIRD)
        self.perform_in_order((1, 2))
        note = (
            "<p>The serial number “5CG0002XYZ” was removed from this asset, because "
            "OCS reports it for “PC-1”.</p>"
        )
        self.assertIn(note, self.notes(self.binding(2).odoo_id))

    def test_locked_by_a_user(self):
        """The number that a user entered stays on the asset."""
        asset = self.binding(2).odoo_id
        asset.serial_no = "5CG0004XYZ"
        self.report("5CG0004XYZ", SECOND, THIRD)
        self.import_changed()
        self.assertEqual(self.serials(), ["", "5CG0004XYZ", THIRD])
        self.assertIn("belongs to the asset", self.binding(1).warnings)
        asset.serial_no = SECOND
        self.import_changed()
        self.assert_settled("5CG0004XYZ", SECOND, THIRD)

    def test_other_backend(self):
        """Only the imports of its own OCS take a number from an asset."""
        other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        here, self.ocs = self.ocs, {5: self.machine(5)}
        self.env["ocs.computer.binding"].import_record(other, 5)
        self.ocs = here
        self.report("5CG0005XYZ", SECOND, THIRD)
        self.import_changed()
        self.assertEqual(self.serials(), ["", SECOND, THIRD])
        self.assertTrue(self.binding(1).is_conflicting)


@tagged("post_install", "-at_install")
class TestRemovedComputers(SerialReleaseCase):
    """The serial number of an asset whose computer was removed from OCS."""

    def replace(self):
        """Remove the first computer; the second one reports its number."""
        machine = self.ocs.pop(1)
        self.report_second(FIRST)
        return machine

    def report_second(self, serial):
        self.ocs[2]["bios"]["SSN"] = serial

    def second(self):
        self.env.invalidate_all()
        return self.binding(2).serial_no

    def test_at_once(self):
        """The second computer may be imported before the first one is archived."""
        for order in ((1, 2), (2, 1)):
            with self.subTest(order), self.env.cr.savepoint() as savepoint:
                machine = self.replace()
                self.perform_in_order(order)
                self.assertEqual(self.second(), FIRST)
                self.assertFalse(self.binding(1).active)
                savepoint.rollback()
                self.env.invalidate_all()
                self.ocs[1] = machine
                self.report_second(SECOND)

    def test_later(self):
        machine = self.ocs.pop(1)
        self.import_changed()
        self.assertEqual(self.binding(1).serial_no, FIRST)
        self.report_second(FIRST)
        self.import_changed()
        self.assertEqual(self.second(), FIRST)
        self.assertIn("was removed from this", self.notes(self.binding(1).odoo_id)[-1])
        self.ocs[1] = machine
        self.import_changed()
        self.assertEqual(self.serials(), ["", "", THIRD])  # nobody's
        self.report_second(SECOND)
        self.import_changed()
        self.assert_settled(FIRST, SECOND, THIRD)

    def test_back_before_it_was_archived(self):
        """Its own job did not run: its asset gets back what it lost."""
        machine = self.replace()
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        jobs = self.jobs("pending", "import_record")
        self.perform(jobs.filtered(lambda job: job.args[1] == 2))
        self.assertEqual(self.second(), FIRST)
        self.ocs[1] = machine
        self.report_second(SECOND)
        self.perform_jobs()
        self.import_changed()
        self.assert_settled(FIRST, SECOND, THIRD)

    def test_archived_in_ocs(self):
        for order in ((1, 2), (2, 1)):
            with self.subTest(order), self.env.cr.savepoint() as savepoint:
                self.ocs[1]["hardware"]["ARCHIVE"] = 1
                self.report_second(FIRST)
                self.perform_in_order(order)
                self.assertEqual(self.second(), FIRST)
                savepoint.rollback()
                self.env.invalidate_all()
                self.ocs[1]["hardware"]["ARCHIVE"] = 0
                self.report_second(SECOND)

    def test_asset_that_is_kept(self):
        """It keeps its number, too."""
        self.backend.removal_policy = "keep"
        self.replace()
        self.import_changed()
        self.assertFalse(self.second())
        self.assertIn("belongs to the asset", self.binding(2).warnings)
        self.assertEqual(self.binding(1).serial_no, FIRST)


@tagged("post_install", "-at_install")
class TestSwappedInChunks(TestSwappedSerials):
    """The same, with every import in a chunk."""

    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.backend.write({"chunk_threshold": 1, "chunk_size": 1})
