# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from .monitors import MonitorMixin, day
from .runs import RunCase

ACER = {
    "caption": "K242HYL",
    "MANUFACTURER": "Acer Technologies",
    "DESCRIPTION": "1N/2022",
}


class SharedMonitorCase(MonitorMixin, RunCase):
    """Serial numbers of monitors that several computers report."""

    SERIAL = "TBX0A001234C"

    def share(self, *numbers, on=1):
        """Put computers with one serial number into OCS, and import them."""
        for number in numbers:
            self.inventory(number, self.SERIAL, on=on, **ACER)
        self.import_changed()
        return [self.binding(number).monitor_ids for number in numbers]

    def moves(self):
        return sum("Moved from" in note for note in self.all_notes())

    def all_notes(self):
        return [note for each in self.all_monitors() for note in self.notes(each)]

    def memory(self):
        return self.env["ocs.shared.identifier"].search(
            [("backend_id", "=", self.backend.id), ("field", "=", "monitor")]
        )

    def assert_settled(self, *numbers):
        """Assert that inventories without changes import and move nothing."""
        before = self.versions("ocs_monitor_binding", "ocs_shared_identifier")
        moves, assets = self.moves(), self.all_monitors()
        for on in range(20, 24):
            for number in numbers:
                self.ocs[number]["hardware"]["LASTDATE"] = day(on)
                run = self.import_changed()
                self.assertEqual((run.changed_count, run.job_count), (0, 0))
        after = self.versions("ocs_monitor_binding", "ocs_shared_identifier")
        self.assertEqual(after, before)
        self.assertEqual((self.moves(), self.all_monitors()), (moves, assets))
        self.assert_idempotent(*numbers)
