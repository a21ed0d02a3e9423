# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .test_chunks import ChunkCase

SHARED = "5CGSHAREDX"
UUID = "4C4C4544-0042-3510-8052-0000000000AA"


@tagged("post_install", "-at_install")
class TestDependencies(ChunkCase):
    """Computers that depend on each other are imported by one job."""

    def changed_chunks(self, **changes):
        """Change all computers, some of them in a particular way, and scan.

        :param changes: dict {section: dict {number: columns or rows}}
        """
        for number, machine in self.ocs.items():
            machine["hardware"]["MEMORY"] += 1
            for section, columns in changes.items():
                if number in columns and isinstance(columns[number], dict):
                    machine[section].update(columns[number])
                elif number in columns:
                    machine[section] = columns[number]
        self.scan()
        return self.chunks()

    def reinstall(self, *numbers):
        """Make some computers one machine, which was reinstalled."""
        for number in numbers:
            self.ocs[number]["hardware"]["UUID"] = UUID
            self.ocs[number]["bios"]["SSN"] = SHARED

    def test_unrelated_computers(self):
        self.fill(*range(1, 7))
        self.assertEqual(self.changed_chunks(), [[1, 2], [3, 4], [5, 6]])

    def test_swapped_serials(self):
        self.fill(*range(1, 7))
        first, last = (self.binding(number).serial_no for number in (1, 6))
        chunks = self.changed_chunks(bios={1: {"SSN": last}, 6: {"SSN": first}})
        self.assertEqual(chunks, [[1, 6], [2, 3], [4, 5]])
        self.perform_jobs()
        self.assertEqual(self.binding(6).serial_no, first)

    def test_moved_monitor(self):
        self.ocs = {number: self.machine(number) for number in range(1, 7)}
        self.ocs[2]["monitors"] = [ocs_monitor("CN-02-74261"), ocs_monitor("0")]
        self.ocs[3]["monitors"] = [ocs_monitor("0")]
        self.import_changed()
        moved = {2: [], 5: [ocs_monitor("CN-02-74261")], 6: [ocs_monitor("0")]}
        chunks = self.changed_chunks(monitors=moved)
        self.assertEqual(chunks, [[1], [2, 5], [3, 4], [6]])

    def test_one_machine(self):
        self.ocs = {number: self.machine(number) for number in range(1, 7)}
        self.reinstall(2, 6)
        self.scan()
        self.assertEqual(self.chunks(), [[1], [2, 6], [3, 4], [5]])

    def test_different_machines(self):
        """They only share a serial number, which none of them has."""
        self.ocs = {number: self.machine(number) for number in range(1, 7)}
        for number in (1, 4, 6):
            self.ocs[number]["bios"].update(SSN=SHARED, SMODEL=f"Model {number}")
        self.scan()
        self.assertEqual(self.chunks(), [[1, 2], [3, 4], [5, 6]])
        self.perform_jobs()
        self.assertEqual(self.changed_chunks(), [[1, 2], [3, 4], [5, 6]])

    def test_more_than_a_chunk(self):
        self.ocs = {number: self.machine(number) for number in range(1, 7)}
        self.reinstall(2, 3, 5)
        self.scan()
        self.assertEqual(self.chunks(), [[1], [2, 3], [4, 5], [6]])
