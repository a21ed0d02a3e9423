# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from .test_bad_input import BadInputCase


@tagged("post_install", "-at_install")
class TestDates(BadInputCase):
    """A date that is none leaves the field empty."""

    def _check(self, stored, expected, timezone="UTC"):
        self.backend.tz = timezone
        self.insert_computer(1, "PC-1", LASTDATE=stored)
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.last_inventory, expected)
        self.import_all()  # unchanged, and refreshed
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
        """What an agent in C# calls no date."""
        self._check("0001-01-01 00:00:00", False)

    def test_year_one_in_the_west(self):
        self._check("0001-01-01 00:00:00", False, timezone="America/New_York")

    def test_last_year(self):
        self._check("9999-12-31 23:59:59", False, timezone="America/New_York")

    def test_future(self):
        self._check("2099-07-15 10:00:00", datetime(2099, 7, 15, 10))

    def test_zone(self):
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
    """One module of 4 GB, and one that is odd."""

    allow_inherited_tests_method = True
    #: what the schema makes of '8 GB'
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

    def test_no(self):
        self._check("No", "1x4096MB")

    def test_empty(self):
        self._check("", "1x4096MB")

    def test_null(self):
        self._check(None, "1x4096MB")

    def test_negative(self):
        self._check("-1", "1x4096MB")

    def test_overflow(self):
        self._check("2147483647", "1x4096MB", "2147483647 MB, which is an overflow")

    def test_unit(self):
        self._check("8 GB", self.with_unit)

    def test_total_that_is_none(self):
        for stored in (0, -1, None):
            with self.subTest(stored=stored):
                self.insert_computer(1, MEMORY=stored, PROCESSORS=stored)
                self.import_all()
                self.assertEqual(self.imported(1).memory_mb, 0)
                self.assertEqual(self.imported(1).processor_mhz, 0)
                self._empty()


@tagged("post_install", "-at_install")
class TestCapacities7069(CapacityMixin, BadInputCase):
    """MariaDB makes numbers of capacities."""


@tagged("post_install", "-at_install")
class TestCapacities7049(CapacityMixin, BadInputCase):
    """Capacities are the agent's own texts."""

    schema, version = "7049", "2.8"
    with_unit = "1x8192MB + 1x4096MB"
