# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from .test_bad_input import BadInputCase


@tagged("post_install", "-at_install")
class TestDates(BadInputCase):
    """An invalid date leaves the field empty."""

    def _check(self, stored, expected, timezone="UTC"):
        self.backend.tz = timezone
        self.insert_computer(1, "PC-1", LASTDATE=stored)
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.last_inventory, expected)
        self.import_all()  # no change, only the date is refreshed
        self.assertEqual(binding.last_inventory, expected)
        (values,) = binding.read(["last_inventory"])
        self.assertEqual(values["last_inventory"], expected)

    def test_zero(self):
        self._check("0000-00-00 00:00:00", False)

    def test_null(self):
        self._check(None, False)

    def test_month_zero(self):
        self._check("2026-00-15 10:00:00", False)

    def test_year_one(self):
        """An agent written in C# sends this date when it has none."""
        self._check("0001-01-01 00:00:00", False)

    def test_year_one_west_of_utc(self):
        self._check("0001-01-01 00:00:00", False, timezone="America/New_York")

    def test_year_9999(self):
        self._check("9999-12-31 23:59:59", False, timezone="America/New_York")

    def test_future(self):
        self._check("2099-07-15 10:00:00", datetime(2099, 7, 15, 10))

    def test_time_zone(self):
        paris = "Europe/Paris"
        self._check("2026-07-15 10:00:00", datetime(2026, 7, 15, 8), timezone=paris)

    def test_zero_after_a_date(self):
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.assertTrue(self.imported(1).last_inventory)
        self.sql("UPDATE hardware SET LASTDATE = '0000-00-00 00:00:00'")
        self.import_all()
        self.assertIs(self.imported(1).last_inventory, False)


class CapacityMixin:
    """Mixin with tests of one module of 4 GB and one with an unusual capacity."""

    allow_inherited_tests_method = True
    #: summary with a second module of '8 GB'
    with_unit = "1x4096MB + 1x8MB"

    def _check(self, stored, modules, warning=None):
        self.insert_computer(1)
        for capacity in ("4096", stored):
            self.insert("memories", HARDWARE_ID=1, CAPACITY=capacity)
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.memory_modules, modules)
        if warning:
            self.assertIn(warning, binding.warnings or "")
        else:
            self.assertIs(binding.warnings, False)

    def test_word_no(self):
        self._check("No", "1x4096MB")

    def test_empty(self):
        self._check("", "1x4096MB")

    def test_null(self):
        self._check(None, "1x4096MB")

    def test_negative(self):
        self._check("-1", "1x4096MB")

    def test_overflow(self):
        self._check("2147483647", "1x4096MB", "2147483647 MB, which is not")

    def test_unit(self):
        self._check("8 GB", self.with_unit)

    def test_invalid_totals_become_zero(self):
        for stored in (0, -1, None):
            with self.subTest(stored=stored):
                self.insert_computer(1, MEMORY=stored, PROCESSORS=stored)
                self.import_all()
                self.assertEqual(self.imported(1).memory_mb, 0)
                self.assertEqual(self.imported(1).processor_mhz, 0)
                self._empty()


@tagged("post_install", "-at_install")
class TestCapacities7069(CapacityMixin, BadInputCase):
    """Capacities are stored as numbers."""


@tagged("post_install", "-at_install")
class TestCapacities7049(CapacityMixin, BadInputCase):
    """Capacities are stored as the agent's own texts."""

    schema, version = "7049", "2.8"
    with_unit = "1x8192MB + 1x4096MB"
