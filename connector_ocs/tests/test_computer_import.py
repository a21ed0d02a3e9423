# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.computer_import import ComputerImport, look_up_together
from .common import ocs_computer, ocs_monitor


@tagged("post_install", "-at_install")
class TestComputerImport(BaseCase):
    """A search is made once for all computers that are looked up together."""

    def setUp(self):
        super().setUp()
        self.imports = [
            ComputerImport(None, number, ocs_computer(), None, None)
            for number in (1, 2, 3)
        ]
        #: lists of the hardware.ID that were searched for
        self.searched = []

    def search(self, imports):
        self.searched.append([each.external_id for each in imports])
        return [each.external_id * 10 for each in imports]

    def look_up(self, *numbers):
        return [self.imports[each - 1].look_up("ten", self.search) for each in numbers]

    def test_alone(self):
        self.assertEqual(self.look_up(2, 2, 3), [20, 20, 30])
        self.assertEqual(self.searched, [[2], [3]])

    def test_together(self):
        look_up_together(self.imports)
        self.assertEqual(self.look_up(2, 1, 3, 2), [20, 10, 30, 20])
        self.assertEqual(self.searched, [[1, 2, 3]])

    def test_alone_after_together(self):
        """What was found together is still valid for the others."""
        look_up_together(self.imports)
        self.look_up(1)
        self.imports[1].look_up_alone()
        self.assertEqual(self.look_up(2, 3), [20, 30])
        self.assertEqual(self.searched, [[1, 2, 3], [2]])

    def test_each_search_has_its_own_results(self):
        (first, *_others) = self.imports
        self.look_up(1)
        self.assertEqual(first.look_up("name", lambda imports: ["PC"]), "PC")
        self.assertEqual(self.look_up(1), [10])

    def test_result_for_each(self):
        with self.assertRaises(ValueError):
            self.imports[0].look_up("none", lambda imports: [])

    def test_nothing_is_known_at_first(self):
        (first, second, _third) = self.imports
        self.assertIsNone(first.match)
        self.assertIsNone(first.before)
        self.assertFalse(first.is_new or first.is_conflicting or first.result)
        self.assertEqual((first.values, first.warnings), ({}, []))
        self.assertEqual(first.obsolete, [])
        first.warnings.append("One thing.")
        self.assertFalse(second.warnings)

    def test_sections(self):
        """What a section contains is unknown if it is not imported."""
        computer = ocs_computer(
            bios={"SSN": "5CD1234XYZ"}, monitors=[ocs_monitor("CN-1")]
        )
        known = ComputerImport(None, 7, computer, None, None)
        self.assertEqual(known.computer["external_id"], 7)
        self.assertEqual((known.name, known.serial), ("PC", "5CD1234XYZ"))
        self.assertTrue(known.has_monitors)
        self.assertEqual([each["serial"] for each in known.monitors], ["CN-1"])
        del computer["bios"], computer["monitors"]
        unknown = ComputerImport(None, 7, computer, None, None)
        self.assertIsNone(unknown.serial)
        self.assertFalse(unknown.has_monitors)
        self.assertEqual(unknown.monitors, [])
