# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .cases.case import CasesCase, InChunks
from .cases.tables import Machine, Screen, Tables
from .scale import FULL

KVM = Screen("CN0KVM", caption="DELL U2720Q")


class MonitorsCase(CasesCase):
    """Test case with monitors of the machines in ``self.server``."""

    def setUp(self):
        super().setUp()
        self.server = Tables(self.ocs)

    def monitors(self):
        """Return the assets of all monitors, even archived ones, in their order."""
        model = self.env["ocs.monitor.binding"].with_context(active_test=False)
        found = model.search([("backend_id", "=", self.backend.id)])
        self.env.invalidate_all()
        return found.odoo_id.sorted("id")

    def add(self, number, *screens):
        machine = Machine(900 + number, screens=screens)
        self.server.add(number, machine)
        return machine

    def assert_settled_monitors(self):
        self.assert_settled(self.server.report_all)


@tagged("post_install", "-at_install")
class TestMonitorCases(MonitorsCase):
    """What is known about a monitor, and where it is."""

    # What is known

    def test_two_screens_with_one_truncated_number(self):
        truncated = Screen("LQX0C0000001", "Philips", "PHL 241P6", "12/2014")
        self.add(1, truncated, truncated._replace(made="40/2014"))
        self.import_changed()
        monitors = self.monitors()
        self.assertEqual(
            monitors.mapped("ocs_monitor_bind_ids.name"), ["PHL 241P6"] * 2
        )
        self.assertEqual(monitors.computer_id, self.binding(1).odoo_id)
        self.assertEqual(len(monitors.computer_id.monitor_ids), 2)
        self.assert_settled_monitors()
        self.assertEqual(self.monitors(), monitors)

    def test_week_is_no_model(self):
        for caption, maker, made, expected in (
            ("DELL 1707FP", "Dell", "3/2006", ("1707FP", 3, 2006)),
            ("S24E390", "SAM", "SAM.0D4F.0A0B0C0D (17/2017)", ("S24E390", 17, 2017)),
            ("LG ULTRAWIDE", "GSM", "GSM5A25 (1N/2022)", ("LG ULTRAWIDE", 0, 2022)),
            ("EV2451", "EIZO", "", ("EV2451", 0, 0)),
        ):
            with self.subTest(caption=caption):
                self._empty()
                self.add(1, Screen(f"WEEK{caption[:4]}1", maker, caption, made))
                self.import_changed()
                monitor = self.binding(1).monitor_ids
                found = (
                    monitor.model,
                    monitor.manufacture_week,
                    monitor.manufacture_year,
                )
                self.assertEqual(found, expected)
                self.assertEqual(monitor.name, caption)
                self.server.delete(1)
                self.import_changed()

    def test_panel_without_a_name(self):
        """It is named after its computer, not after a week."""
        self.add(1, Screen("", "", "", "34/2018"))
        self.import_changed()
        monitor = self.binding(1).monitor_ids
        self.assertIn("PC-901", monitor.name)
        self.assertNotIn("34/2018", monitor.name)
        self.assertFalse(monitor.model)
        self.assert_settled_monitors()

    def test_poorer_report(self):
        """The monitor moves, and keeps its name and manufacturer."""
        self.add(1, Screen("CN0POOR1", "Dell Inc.", "DELL P2419H", "12/2020"))
        self.add(2)
        self.import_changed()
        self.server.tomorrow()
        self.server.report(2, screens=(Screen("CN0POOR1", "", "", ""),))
        self.import_changed()
        (monitor,) = self.monitors()
        self.assertEqual(monitor.computer_id, self.binding(2).odoo_id)
        self.assertEqual(monitor.name, "DELL P2419H")
        self.assertEqual(monitor.ocs_monitor_bind_ids.manufacturer, "Dell Inc.")
        self.assertEqual(self.moves(), 1)

    def test_poorer_report_of_the_same_computer(self):
        self.add(1, Screen("CN0POOR2", "Dell Inc.", "DELL P2419H", "12/2020"))
        self.import_changed()
        self.server.report(1, screens=(Screen("CN0POOR2", "", "", ""),))
        self.import_changed()
        (monitor,) = self.monitors()
        self.assertEqual(monitor.name, "DELL P2419H")
        self.assertEqual(monitor.serial_no, "CN0POOR2")
        self.assert_settled_monitors()

    # Where it is

    def switch(self, *screens_of_the_other):
        """Let two computers use one monitor in turns, twice a day for ten days."""
        own = [Screen(f"CN0OWN{number}") for number in (1, 2)]
        for number in (1, 2):
            self.add(number, own[number - 1], KVM)
        for _day in range(10):
            for number in (1, 2):
                other = 3 - number
                self.server.report(number, screens=(own[number - 1], KVM))
                self.server.report(
                    other, screens=(own[other - 1], *screens_of_the_other)
                )
                self.import_changed()
            self.server.tomorrow()

    def test_switch_that_hides_the_monitor(self):
        self.switch()
        self.assertLessEqual(self.moves(), 2)
        self.assert_settled_monitors()

    def test_switch_that_shows_the_monitor(self):
        self.switch(KVM)
        self.assertEqual(self.moves(), 0)
        for number in (1, 2):
            names = self.binding(number).monitor_ids.mapped("name")
            self.assertCountEqual(names, [KVM.caption, Screen().caption])
        self.assert_settled_monitors()

    def test_one_of_two_is_deleted(self):
        """Each computer keeps its own monitor, whoever is deleted."""
        shared = Screen("TBX0A001234C", "Acer Technologies", "K242HYL", "1N/2022")
        self.add(1, shared)
        self.add(2, shared)
        self.import_changed()
        mine = self.binding(2).monitor_ids
        self.assertEqual(len(self.monitors()), 2)
        self.server.delete(1)
        self.import_changed()
        self.assertEqual(self.binding(2).monitor_ids, mine)
        self.assertEqual(len(self.monitors()), 2)
        self.assertEqual(self.moves(), 0)
        self.assert_settled_monitors()

    def test_one_of_two_is_archived(self):
        shared = Screen("TBX0A001235C", "Acer Technologies", "K242HYL", "1N/2022")
        self.add(1, shared)
        self.add(2, shared)
        self.import_changed()
        mine = [self.binding(number).monitor_ids for number in (1, 2)]
        for value in (1, None):
            self.sql("UPDATE hardware SET ARCHIVE = %s WHERE ID = 1", value)
            self.import_changed()
            self.assertEqual(self.binding(2).monitor_ids, mine[1])
        self.assertEqual(self.binding(1).monitor_ids, mine[0])
        self.assertEqual(self.moves(), 0)
        self.assert_settled_monitors()


@tagged("post_install", "-at_install")
class TestSecondBackend(MonitorsCase):
    """Another backend on the same OCS finds the assets that are there."""

    def test_nothing_is_doubled(self):
        shared = Screen("TBX0A001236C", "Acer Technologies", "K242HYL", "1N/2022")
        for number in (1, 2, 3):
            self.add(number, Screen(f"CN0OFFICE{number}"), shared)
        self.import_changed()
        monitors, shown = self.monitors(), self.shown()
        self.backend = self.backend.copy(
            {"user": self.backend.user, "password": self.backend._get_password()}
        )
        self.import_changed()
        self.assertEqual(self.monitors(), monitors)
        self.assert_assets(shown)
        self.assertEqual(self.moves(), 0)
        self.assert_settled_monitors()
        self.assertEqual(self.monitors(), monitors)


if FULL:

    @tagged("post_install", "-at_install")
    class TestMonitorCasesInChunks(InChunks, TestMonitorCases):
        """The same tests with every import in chunks."""

    @tagged("post_install", "-at_install")
    class TestSecondBackendInChunks(InChunks, TestSecondBackend):
        """The same tests with every import in chunks."""
