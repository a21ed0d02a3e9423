# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .histories.case import HistoryCase
from .histories.moments import Fault
from .histories.steps import Change, Start, Work

START = Start("schedule")
IMPORT = (START, Work(20, 0, None), Work(20, 0, None))
#: The first pending job, and the import of a computer that is pending after two others.
BATCH, RECORD = Work(1, 0, None), Work(1, 2, None)


def change(name, who=0, value=0):
    return Change(name, who, value)


NEW = change("new_machine")


@tagged("post_install", "-at_install")
class TestKnownHistories(HistoryCase):
    """Regression tests: histories that once left Odoo in a wrong state."""

    def test_archived_computer_is_deleted(self):
        """It is no longer listed as not imported."""
        self.check([NEW, *IMPORT, change("archive"), *IMPORT, change("delete")])

    def test_archived_computer_is_reinstalled(self):
        """The machine keeps its asset."""
        steps = [change("archive"), *IMPORT, change("reinstall_at_once")]
        self.check([NEW, *IMPORT, *steps])

    def test_archived_computer_has_a_second_asset(self):
        """OCS merges the two rows after both were imported."""
        steps = [change("archive"), change("reinstall"), *IMPORT, change("merge")]
        self.check([NEW, *IMPORT, *steps])

    def test_second_asset_has_monitors_without_serial_number(self):
        """They are the monitors of the first asset."""
        plugged = change("monitors", value=0b11000)
        steps = [change("reinstall"), *IMPORT, change("merge")]
        self.check([NEW, plugged, *IMPORT, *steps])

    def test_second_asset_was_archived_meanwhile(self):
        """Messages that imports log are not user activity."""
        archived = [change("archive"), *IMPORT, change("unarchive"), *IMPORT]
        steps = [change("reinstall"), *IMPORT, *archived, change("merge")]
        self.check([NEW, *IMPORT, *steps])

    def test_row_of_the_second_asset_is_deleted(self):
        """The first asset is kept, because users and other records refer to it."""
        steps = [change("reinstall"), *IMPORT, change("delete", value=1), *IMPORT]
        self.check([NEW, *IMPORT, *steps])

    def test_both_rows_of_a_machine_are_deleted(self):
        """When the machine is back, its first asset is restored."""
        deleted = [change("delete"), change("delete"), *IMPORT]
        steps = [change("reinstall"), *IMPORT, *deleted, change("come_back", value=1)]
        self.check([NEW, *IMPORT, *steps])

    def test_monitor_of_an_archived_computer(self):
        """The other computer that reports it gets it, whatever the import order."""
        for order in (0, 1):
            plugged = [change("monitors", each, 1) for each in (order, 1 - order)]
            steps = [NEW, NEW, *plugged, *IMPORT, change("archive", 1 - order)]
            self.check(steps)
            self.check([*steps, *IMPORT, change("unarchive")])

    def test_monitor_is_reported_again(self):
        """An inventory without changes still counts as the latest one."""
        plugged = [change("monitors", 0, 1), change("monitors", 1, 1)]
        self.check([NEW, NEW, *plugged, *IMPORT, change("inventory", 0)])

    def test_job_of_a_run_that_was_closed(self):
        """The job was postponed by an outage while another run scanned."""
        away, others = Work(1, 0, Fault("query", 3, "away")), [Work(1, 1, None), RECORD]
        self.check([NEW, START, away, START, *others, change("rename"), BATCH])

    def test_copies_on_a_replaced_server(self):
        """The ID of the original belongs to a copy, of which nothing was known before.

        The run that finds out that they share their identifiers matches them anew.
        """
        copied = [change("clone", 4), change("clone", 4), change("memory")]
        again = [change("reinstall_at_once", 3, 3), change("restore", 0, 16)]
        self.check([NEW, *IMPORT, change("restore", 2, 17), *copied, *again])
