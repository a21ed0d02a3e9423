# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..components import scan_batch_importer
from .adding_up import differences, opened
from .runs import RunCase

UUID = "4C4C4544-0042-3510-8052-C7C04F313533"


@tagged("post_install", "-at_install")
class TestRunNumbers(RunCase):
    """Each number of a run opens what it counts, and they add up."""

    def setUp(self):
        super().setUp()
        self.backend.write(
            {"approval_percent": 0, "chunk_threshold": 0, "tag_exclude": "Out"}
        )

    def numbers(self, run):
        """Return the numbers of a run that are not 0, after checking that they fit."""
        self.assertEqual(differences(run), [])
        names = (
            "new",
            "linked",
            "changed",
            "rebound",
            "unchanged",
            "removed",
            "skipped",
            "repeated",
            "failed",
            "queued",
            "cancelled",
            "left",
            "missing",
        )
        return {name: run[f"{name}_count"] for name in names if run[f"{name}_count"]}

    def ids(self, run, name):
        """Return the IDs in OCS that a number opens."""
        return sorted(opened(run, f"{name}_count").mapped("external_id"))

    def ugly_fleet(self):
        """Put computers of all kinds into OCS, and import some before."""
        self.fill(1, 2, 3, 4, 5)
        equipment = self.env["maintenance.equipment"]
        equipment.create({"name": "Known", "serial_no": "5CG0011XYZ"})
        twins = [{"name": each, "hardware_uuid": UUID} for each in ("Twin 1", "Twin 2")]
        equipment.create(twins)
        for number in (6, 7, 8, 11, 12, 13, 14):
            self.ocs[number] = self.machine(number)
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.ocs[3]["hardware"]["ARCHIVE"] = 1
        del self.ocs[4]
        self.ocs[25] = {**self.ocs.pop(5)}  # a new ID of the same machine
        self.ocs[7] = self.machine(7, hardware={"DEVICEID": "_SYSTEMGROUP_"})
        self.ocs[8]["accountinfo"] = {"TAG": "Out"}
        self.ocs[12] = self.machine(12, bios={"SSN": ""}, hardware={"UUID": UUID})

    def test_ugly_fleet(self):
        self.ugly_fleet()
        with self.failing_imports(13):
            run = self.import_changed()
        self.assertEqual(
            self.numbers(run),
            {
                "new": 2,
                "linked": 1,
                "changed": 1,
                "rebound": 1,
                "unchanged": 1,
                "removed": 1,
                "skipped": 4,
                "failed": 1,
                "missing": 1,
            },
        )
        for name, external_ids in (
            ("new", [6, 14]),
            ("linked", [11]),
            ("changed", [2]),
            ("rebound", [25]),
            ("unchanged", [1]),
            ("removed", [4]),
            ("skipped", [3, 7, 8, 12]),
            ("failed", [13]),
        ):
            self.assertEqual(self.ids(run, name), external_ids, name)
        self.assertEqual(
            run.skipped, {"archived": 1, "group": 1, "tag": 1, "ambiguous": 1}
        )
        self.assertIn("1 × Excluded by its TAG", run.skipped_reasons)
        self.assertEqual(opened(run, "failed_count").message, "Broken.")
        self.assertEqual(opened(run, "changed_count").binding_id, self.binding(2))

    def test_next_run(self):
        self.ugly_fleet()
        with self.failing_imports(13):
            self.import_changed()
            self.import_changed()
        run = self.import_changed()
        self.assertEqual(self.numbers(run), {"unchanged": 6, "repeated": 5})
        self.assertEqual(self.ids(run, "repeated"), [3, 7, 8, 12, 13])
        self.assertFalse(run.line_ids)
        self.ocs[15] = self.machine(15)
        self.ocs[15]["accountinfo"] = {"TAG": "Out"}
        run = self.import_changed()
        self.assertEqual(self.ids(run, "skipped"), [15])
        self.assertEqual(self.ids(run, "repeated"), [3, 7, 8, 12, 13])
        self.assertEqual(run.skipped["tag"], 2)

    def test_ugly_fleet_in_chunks(self):
        self.ugly_fleet()
        self.backend.write({"chunk_threshold": 1, "chunk_size": 3})
        run = self.import_changed()
        self.assertEqual(self.ids(run, "new"), [6, 13, 14])
        self.assertEqual(self.ids(run, "skipped"), [3, 7, 8, 12])
        self.assertEqual(self.ids(run, "linked"), [11])

    def test_several_scan_jobs(self):
        self.ugly_fleet()
        with mock.patch.object(scan_batch_importer, "ROWS_PER_JOB", 1):
            run = self.import_changed()
        self.assertEqual(run.seen_count, len(self.ocs))
        self.assertFalse(run.left_count)

    def test_forced_run(self):
        """An import that changes nothing does not count as a change."""
        self.fill(1, 2, 3)
        self.binding(2).odoo_id.name = "Renamed in Odoo"
        self.ocs[3]["hardware"]["NAME"] = "RENAMED"
        run = self.import_changed(force=True)
        self.assertEqual(self.ids(run, "changed"), [3])
        self.assertEqual(self.ids(run, "unchanged"), [1, 2])

    def test_forced_run_in_chunks(self):
        self.fill(1, 2, 3)
        self.backend.write({"chunk_threshold": 1, "chunk_size": 2})
        run = self.import_changed(force=True)
        self.assertEqual(self.numbers(run), {"unchanged": 3})
        self.assertEqual(run.done_count, 3)

    def test_stop_and_next_run(self):
        for number in (1, 2, 3):
            self.ocs[number] = self.machine(number)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        run = self.last_run()
        self.assertEqual(self.numbers(run), {"left": 3})
        self.perform(self.jobs("pending", "import_record")[:1])
        self.assertEqual(self.numbers(run), {"new": 1, "left": 2})
        run.action_stop()
        self.assertEqual(self.numbers(run), {"new": 1, "cancelled": 2})
        self.assertEqual(
            self.numbers(self.import_changed()), {"new": 2, "unchanged": 1}
        )

    def test_deleted_jobs(self):
        for number in (1, 2):
            self.ocs[number] = self.machine(number)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.jobs("pending", "import_record")[:1].unlink()
        run = self.last_run()
        self.assertEqual(self.numbers(run), {"cancelled": 1, "left": 1})
        self.perform_jobs()
        self.assertEqual(self.numbers(run), {"cancelled": 1, "new": 1})

    def test_jobs_set_to_done(self):
        """A user has the run not wait for a computer."""
        self.ocs[1] = self.machine(1)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.jobs("pending", "import_record").button_done()
        self.perform_jobs()
        self.assertEqual(self.numbers(self.last_run()), {"cancelled": 1})

    def test_already_queued(self):
        for number in (1, 2):
            self.ocs[number] = self.machine(number)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        first, waiting = self.last_run(), self.jobs("pending", "import_record")
        waiting.eta = fields.Datetime.add(fields.Datetime.now(), days=1)
        run = self.import_changed()
        self.assertEqual(self.numbers(first), {"new": 2})
        self.assertEqual(self.numbers(run), {"queued": 2})

    def test_retry(self):
        self.ocs[1] = self.machine(1)
        with self.failing_imports(1):
            run = self.import_changed()
        self.assertEqual(self.numbers(run), {"failed": 1})
        run.action_retry_failed()
        self.assertEqual(self.numbers(run), {"left": 1})
        self.perform_jobs()
        self.assertEqual(self.numbers(run), {"new": 1})
        self.assertFalse(run.line_ids.message)

    def test_retry_without_the_job(self):
        self.ocs[1] = self.machine(1)
        with self.failing_imports(1):
            run = self.import_changed()
        self.jobs("failed").unlink()
        self.assertEqual(self.numbers(run), {"failed": 1})
        run.action_retry_failed()
        self.perform_jobs()
        self.assertEqual((run.state, self.numbers(run)), ("done", {"new": 1}))

    def test_retry_of_a_chunk(self):
        self.backend.write({"chunk_threshold": 1, "chunk_size": 3})
        for number in (1, 2):
            self.ocs[number] = self.machine(number)
        with mock.patch.object(type(self.backend), "_lock_for_job") as lock:
            lock.side_effect = ValueError("Broken.")
            run = self.import_changed()
        self.assertEqual(self.numbers(run), {"failed": 2})
        run.action_retry_failed()
        self.assertEqual(self.numbers(run), {"left": 2})
        self.perform_jobs()
        self.assertEqual(self.numbers(run), {"new": 2})

    def test_deleted_before_the_import(self):
        for number in (1, 2):
            self.ocs[number] = self.machine(number)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        del self.ocs[1]
        self.perform_jobs()
        run = self.last_run()
        self.assertEqual(self.numbers(run), {"new": 1, "skipped": 1})
        self.assertEqual(run.skipped, {"deleted": 1})

    def test_old_run(self):
        """Its lists show what is still as it was then."""
        self.fill(1, 2)
        run = self.import_changed()
        later = fields.Datetime.add(run.date_end, days=1)
        self.binding(2).removed_since = later
        new = self.fill(3)
        self.env.cr.execute(
            SQL(
                "UPDATE ocs_computer_binding SET create_date = %s WHERE id = %s",
                later,
                new.id,
            )
        )
        self.assertEqual(self.ids(run, "unchanged"), [1, 2])

    def test_lines_are_deleted_with_the_run(self):
        self.fill(1)
        run = self.last_run()
        lines = run.line_ids
        self.assertTrue(lines)
        run.unlink()
        self.assertFalse(lines.exists())

    def test_open_a_line(self):
        self.backend.tag_exclude = "Out"
        self.ocs = {1: self.machine(1), 2: self.machine(2)}
        self.ocs[2]["accountinfo"] = {"TAG": "Out"}
        run = self.import_changed()
        imported, left_out = run.line_ids
        asset = imported.action_open()
        self.assertEqual(asset["res_id"], self.binding(1).odoo_id.id)
        issue = left_out.action_open()
        self.assertEqual(issue["res_id"], self.issue(2).id)
        self.issue(2).unlink()
        self.assertIn("Nothing", left_out.action_open()["params"]["title"])

    def test_nobody_writes_lines(self):
        self.fill(1)
        line = self.last_run().line_ids
        for group in ("user", "manager"):
            user = self.env["res.users"].create(
                {
                    "name": group,
                    "login": f"line_{group}",
                    "group_ids": [
                        fields.Command.link(
                            self.env.ref(f"connector_ocs.group_ocs_{group}").id
                        )
                    ],
                }
            )
            self.assertEqual(line.with_user(user).name, "PC-1")
            with self.assertRaises(AccessError):
                line.with_user(user).outcome = "failed"
