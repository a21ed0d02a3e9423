# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..lib import monitors
from ..lib.monitors import Decision, Place, monitor_values
from .common import ocs_monitor


def describe(caption="", **columns):
    """Return a description with nothing but the given columns."""
    blank = {"MANUFACTURER": "", "DESCRIPTION": "", "SERIAL": ""}
    return monitors.describe(ocs_monitor(caption=caption, **blank | columns))


@tagged("post_install", "-at_install")
class TestMonitorDescriptions(BaseCase):
    """What the columns of monitors say."""

    def test_date_of_manufacture(self):
        table = (
            ("3/2006", (3, 2006)),
            ("03/2006", (3, 2006)),
            (" 52 / 2019 ", (52, 2019)),
            ("SAM.0D4F.0A0B0C0D (17/2017)", (17, 2017)),
            ("GSM5A25 (1N/2022)", (0, 2022)),
            ("1N/2022", (0, 2022)),
            ("0/2018", (0, 2018)),
            ("255/2018", (0, 2018)),
            ("/2018", (0, 2018)),
            ("2018", (0, 2018)),
            ("1/1990", (1, 1990)),
            ("0/1990", (0, 0)),
            ("12/1970", (0, 0)),
            ("1280/1024", (0, 0)),
            ("12/20", (0, 0)),
            ("P2419H", (0, 0)),
            ("S2018", (0, 0)),
            ("", (0, 0)),
        )
        for description, expected in table:
            with self.subTest(description):
                self.assertEqual(monitors.parse_made(description), expected)

    def test_model(self):
        table = (
            ("DELL 1707FP", "Dell", "1707FP"),
            ("DELL P2419H", "Dell Inc.", "P2419H"),
            ("DELL P2419H", "DEL", "P2419H"),
            ("HP E24 G4", "Hewlett Packard", "E24 G4"),
            ("LEN T24i-20", "Lenovo Group Limited", "T24i-20"),
            ("LG ULTRAWIDE", "LG Electronics Inc.", "ULTRAWIDE"),
            ("LG ULTRAWIDE", "GSM", "LG ULTRAWIDE"),
            ("S24E390", "SAM", "S24E390"),
            ("S 24", "Samsung", "S 24"),
            ("24 Dell", "Dell", "24 Dell"),
            ("DELL", "Dell", "DELL"),
            ("DELL P2419H", "", "DELL P2419H"),
            ("Generic PnP Monitor", "(Standard monitor types)", ""),
            ("PnP-Monitor (Standard)", "", ""),
            ("Écran Plug-and-Play", "", ""),
            ("", "Dell", ""),
        )
        for caption, manufacturer, expected in table:
            with self.subTest(caption=caption, manufacturer=manufacturer):
                model = monitors.parse_model(caption, manufacturer)
                self.assertEqual(model, expected)

    def test_different_monitors(self):
        full = describe("DELL P2419H", MANUFACTURER="Dell", DESCRIPTION="12/2014")
        table = (
            (full, False),
            (describe(), False),
            (describe("Generic PnP Monitor"), False),
            (describe("P2419H"), False),
            (describe("Dell P2419H(HDMI)"), False),
            (describe("DELL P2419H", MANUFACTURER="DEL"), False),
            (describe("DELL P2419H", MANUFACTURER="Dell Inc."), False),
            (describe(MANUFACTURER="(Standard monitor types)"), False),
            (describe(DESCRIPTION="DEL.A0C4 (12/2014)"), False),
            (describe(DESCRIPTION="0/2014"), False),
            (describe("DELL U2720Q"), True),
            (describe(MANUFACTURER="Samsung"), True),
            (describe(DESCRIPTION="40/2014"), True),
            (describe(DESCRIPTION="12/2015"), True),
        )
        for other, expected in table:
            with self.subTest(other=other):
                self.assertEqual(monitors.are_different(full, other), expected)
                self.assertEqual(monitors.are_different(other, full), expected)

    def test_complete(self):
        full = describe(
            "DELL P2419H", MANUFACTURER="Dell", DESCRIPTION="12/2014", SERIAL="CN0"
        )
        for poor in (
            describe(),
            describe("Generic PnP Monitor"),
            describe(DESCRIPTION="P2419H"),
            describe(MANUFACTURER="Dell"),
        ):
            with self.subTest(poor=poor):
                self.assertEqual(monitors.complete(poor, full), full)
                self.assertEqual(monitors.complete(full, poor), full)


DAY = {number: datetime(2026, 1, number) for number in range(1, 32)}
NEW = Decision()


@tagged("post_install", "-at_install")
class TestMonitorDecisions(BaseCase):
    """Who has the monitor with a serial number."""

    def decide(self, reporters, known=NEW, is_repeated=False, **place):
        """Return the owner and whether the number is shared.

        :param reporters: {hardware.ID: day of January}
        """
        dates = {key: DAY[number] for key, number in reporters.items()}
        decision = monitors.decide(dates, known, Place(**place), is_repeated)
        self.assertEqual(decision.reporters, tuple(sorted(reporters)))
        return decision.owner, decision.is_shared

    def test_one_reporter(self):
        self.assertEqual(self.decide({1: 1}), (1, False))
        self.assertEqual(self.decide({1: 1}, holder=2, since=DAY[5]), (1, False))
        self.assertEqual(self.decide({1: 1}, is_repeated=True), (0, True))
        self.assertEqual(self.decide({}), (0, False))

    def test_nobody_is_known_to_have_it(self):
        self.assertEqual(self.decide({1: 1, 2: 2}), (0, True))
        self.assertEqual(self.decide({1: 1, 2: 2}, holder=3), (0, True))

    def test_one_machine(self):
        dates = {1: DAY[3], 2: DAY[3], 3: DAY[1]}
        decision = monitors.decide(dates, NEW, Place(), is_one_machine=True)
        self.assertEqual(decision, Decision((1, 2, 3), 2))
        known = Decision((1, 2), 0, True)
        decision = monitors.decide(dates, known, Place(), is_one_machine=True)
        self.assertEqual(decision, Decision((1, 2, 3), 0, True))

    def test_new_reporter_takes_it(self):
        place = {"holder": 1, "since": DAY[1]}
        self.assertEqual(self.decide({1: 1, 2: 2}, **place), (2, False))
        # the import has not taken place yet
        known = Decision((1, 2), 2)
        self.assertEqual(self.decide({1: 1, 2: 2}, known, **place), (2, False))
        place = {"holder": 2, "since": DAY[2]}
        self.assertEqual(self.decide({1: 1, 2: 2}, known, **place), (2, False))

    def test_both_have_it(self):
        known, place = Decision((1, 2), 2), {"holder": 2, "since": DAY[2]}
        self.assertEqual(self.decide({1: 3, 2: 2}, known, **place), (0, True))
        self.assertEqual(self.decide({1: 3, 2: 4}, known, **place), (0, True))
        place = {"holder": 1, "since": DAY[1]}
        self.assertEqual(self.decide({1: 2, 2: 2}, **place), (0, True))
        self.assertEqual(self.decide({1: 3, 2: 2}, **place), (0, True))
        self.assertEqual(self.decide({1: 1, 2: 2, 3: 3}, **place), (0, True))

    def test_older_row_is_outdated(self):
        place = {"holder": 2, "since": DAY[2]}
        self.assertEqual(self.decide({1: 1, 2: 2}, **place), (2, False))
        self.assertEqual(self.decide({1: 2, 2: 5}, **place), (2, False))

    def test_shared_for_good(self):
        known = Decision((1, 2), 0, True)
        place = {"holder": 1, "since": DAY[1]}
        self.assertEqual(self.decide({1: 1, 2: 2}, known, **place), (0, True))
        self.assertEqual(self.decide({2: 2}, known), (2, True))
        self.assertEqual(self.decide({2: 3}, Decision((2,), 2, True)), (2, True))
        self.assertEqual(self.decide({}, known), (0, True))
        # another one takes its turn
        self.assertEqual(self.decide({1: 3}, Decision((2,), 2, True)), (0, True))

    def test_back_and_forth(self):
        place = {"holder": 1, "since": DAY[5], "former": 2, "former_since": DAY[3]}
        self.assertEqual(self.decide({1: 6}, **place), (1, False))
        self.assertEqual(self.decide({2: 6}, **place), (0, True))
        self.assertEqual(self.decide({2: 5}, **place), (0, True))
        self.assertEqual(self.decide({3: 6}, **place), (3, False))
        self.assertEqual(self.decide({1: 5, 2: 4}, **place), (1, False))
        self.assertEqual(self.decide({1: 5, 2: 6}, **place), (0, True))
        unplugged = {**place, "holder": 0}
        self.assertEqual(self.decide({2: 6}, **unplugged), (0, True))
        long_ago = {**place, "former_since": DAY[6] - timedelta(days=31)}
        self.assertEqual(self.decide({2: 6}, **long_ago), (2, False))


@tagged("post_install", "-at_install")
class TestMonitorValues(BaseCase):
    """Monitors have a caption, description, serial number and manufacturer."""

    def test_columns(self):
        row = {
            "CAPTION": "DELL P2419H",
            "DESCRIPTION": "14/2019",
            "SERIAL": "CN0ABC",
            "MANUFACTURER": "Dell Inc.",
        }
        self.assertEqual(
            monitor_values([row]),
            [
                {
                    "caption": "DELL P2419H",
                    "description": "14/2019",
                    "manufacturer": "Dell Inc.",
                    "serial": "CN0ABC",
                    "name": "DELL P2419H",
                    "model": "P2419H",
                    "manufacture_week": 14,
                    "manufacture_year": 2019,
                }
            ],
        )

    def test_order_of_ocs_is_kept(self):
        monitors = [ocs_monitor(serial) for serial in ("SER9", "SER1", "SER5")]
        serials = [each["serial"] for each in monitor_values(monitors)]
        self.assertEqual(serials, ["SER9", "SER1", "SER5"])

    def test_equal_monitors_are_not_merged(self):
        monitors = [ocs_monitor(), ocs_monitor()]
        self.assertEqual(len(monitor_values(monitors)), 2)

    def test_blank_rows_are_skipped(self):
        columns = ("CAPTION", "DESCRIPTION", "SERIAL", "MANUFACTURER")
        blank = dict.fromkeys(columns, "")
        table = [
            (blank, 0),
            (dict.fromkeys(columns), 0),
            *((dict(blank, **{column: "something"}), 1) for column in columns),
        ]
        for row, expected in table:
            with self.subTest(row=row):
                self.assertEqual(len(monitor_values([row])), expected)
