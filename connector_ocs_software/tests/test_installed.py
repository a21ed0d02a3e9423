# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..lib.installed import LENGTH, Installed, installed_software
from .common import ocs_software


@tagged("post_install", "-at_install")
class TestInstalled(BaseCase):
    """Conversion of rows of OCS to software."""

    def test_names(self):
        for text, name in (
            ("Firefox", "Firefox"),
            ("VLC  media\tplayer\n", "VLC media player"),
            ("???? Chat", "???? Chat"),
            ("Пакет 程序", "Пакет 程序"),
            ("x" * 400, "x" * LENGTH),
            ("x" * (LENGTH - 1) + " y", "x" * (LENGTH - 1)),
        ):
            with self.subTest(text):
                (found,) = installed_software([ocs_software(text)])
                self.assertEqual(found, Installed(name, "", ""))

    def test_without_name(self):
        for text in ("", " ", "\t"):
            rows = [ocs_software(text, "1.0", "Somebody")]
            self.assertEqual(installed_software(rows), [])

    def test_dates(self):
        for value, expected in (
            (datetime(2026, 1, 15, 23, 59), date(2026, 1, 15)),
            (datetime(1601, 1, 1), None),
            ("0000-00-00 00:00:00", None),
            ("", None),
        ):
            with self.subTest(value):
                (found,) = installed_software([ocs_software("Firefox", date=value)])
                self.assertEqual(found.install_date, expected)

    def test_duplicate_rows(self):
        rows = [ocs_software("Firefox", "125.0")] * 2 + [ocs_software("Firefox")]
        self.assertEqual(len(installed_software(rows)), 2)
