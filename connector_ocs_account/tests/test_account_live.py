# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_adapter_errors import ConnectionCase

from ..components.account_adapter import AccountField
from .live import LiveAccountMixin


@tagged("post_install", "-at_install")
class TestAccountLive(LiveAccountMixin, ConnectionCase):
    """Administrative data of a real OCS database."""

    def test_fields_are_discovered(self):
        self.config(9, "REMOVED", "Its column is missing", 0)
        with self.backend.work_on("ocs.account.field") as work:
            found = work.component(usage="backend.adapter").read_fields()
        self.assertEqual(
            found,
            [
                AccountField("TAG", "TAG", "text", {}),
                AccountField(
                    "fields_3", "Department", "select", {"1": "Sales", "2": "R&D"}
                ),
                AccountField("fields_4", "Bought on", "date", {}),
                AccountField("fields_5", "NOTE", "textarea", {}),
            ],
        )

    def test_values_are_imported(self):
        self.map_all()
        self.fill(fields_3="2", fields_4="2026-01-31", fields_5="One\r\n<two>")
        self.import_all()
        binding = self.binding(1)
        self.assertEqual(binding.partner_ref, "R&D")
        self.assertEqual(binding.warranty_date, date(2026, 1, 31))
        self.assertEqual(binding.note, "<p>One<br>&lt;two&gt;</p>")
        self.assertFalse(binding.warnings)
        self.assertFalse(self.binding(2).partner_ref)
        self.import_all()
        self.assertEqual(self.backend.last_run_id.job_count, 0)
        # what the console writes when a date is left empty
        self.fill(fields_3="", fields_4="1970-01-01", fields_5=None)
        self.import_all()
        self.assertEqual(self.backend.last_run_id.sections, {"accountinfo": 1})
        for field in ("partner_ref", "warranty_date", "note"):
            self.assertFalse(binding[field])
        self.fill(fields_4="0000-00-00")
        self.import_all()
        self.assertFalse(binding.warranty_date or binding.warnings)

    def test_numbers_are_imported(self):
        """OCS 2.12 has fields of numbers, whose columns hold no text."""
        fields = self.env["ir.model.fields"]
        for number, sql_type in ((6, "INT"), (7, "DECIMAL(10,2)"), (8, "BIGINT")):
            self.add_field(number, f"NUMBER{number}", "", 99, sql_type)
        self.map_all()
        mapped = {field.column: field for field in self.backend.account_field_ids}
        for column in ("fields_6", "fields_7", "fields_8"):
            self.assertEqual(mapped[column].kind, "number")
        for column, target in (("fields_6", "model"), ("fields_7", "cost")):
            field = fields._get("maintenance.equipment", target)
            mapped[column].target_field_id = field
        mapped["fields_8"].action_map_to_property()
        self.fill(fields_6=12, fields_7="1234.50", fields_8=5000000000)
        self.import_all()
        asset = self.binding(1).odoo_id
        (definition,) = asset.category_id.equipment_properties_definition
        self.assertEqual(definition["type"], "float")
        self.assertEqual((asset.model, asset.cost), ("12", 1234.5))
        self.assertEqual(dict(asset.equipment_properties), {definition["name"]: 5e9})
        self.fill(fields_6=0, fields_7=None, fields_8=None)
        self.import_all()
        self.assertEqual((asset.model, asset.cost), ("0", 0))
        self.assertFalse(asset.equipment_properties[definition["name"]])
        self.assertFalse(self.binding(1).warnings)

    def test_label_of_an_option_changes(self):
        self.map_all()
        self.fill(fields_3="2")
        self.import_all()
        self.sql("DELETE FROM config WHERE NAME = 'ACCOUNT_VALUE_DEPT_2'")
        self.import_all()
        self.assertEqual(self.binding(1).partner_ref, "2")
        self.assertIn("no label for the value “2”", self.binding(1).warnings)
        self.insert("config", NAME="ACCOUNT_VALUE_DEPT_2", IVALUE=2, TVALUE="Research")
        self.import_all()
        self.assertEqual(self.binding(1).partner_ref, "Research")
        self.assertFalse(self.binding(1).warnings)
        self.import_all()
        self.assertEqual(self.backend.last_run_id.job_count, 0)

    def test_field_deleted_in_ocs(self):
        self.map_all()
        self.fill(fields_3="2")
        self.import_all()
        self.sql("DELETE FROM accountinfo_config WHERE ID = 3")
        self.sql("ALTER TABLE accountinfo DROP COLUMN fields_3")
        self.import_all()
        self.assertEqual(self.backend.last_run_id.state, "done")
        self.assertIn("“Department” (fields_3)", self.backend.last_run_id.warnings)
        self.assertEqual(self.binding(1).partner_ref, "R&D")

    def test_user_without_privilege_on_the_fields(self):
        self.map_all()
        tables = [each for each in self.tables if each != "accountinfo_config"]
        self.use_new_user(*(f"SELECT ON {self.database}.{table}" for table in tables))
        with self.assertRaisesRegex(UserError, "GRANT SELECT"):
            self.backend.action_read_account_fields()
        self.fill(fields_3="1")
        self.import_all()
        run = self.backend.last_run_id
        self.assertIn("those already known are used", run.warnings)
        self.assertEqual(self.binding(1).partner_ref, "Sales")
        # only the failing query shows that the column is missing
        self.sql("ALTER TABLE accountinfo DROP COLUMN fields_3")
        self.import_all()
        self.assertIn("OCS lacks fields_3", self.backend.last_run_id.warnings)
        self.assertEqual(self.backend.last_run_id.state, "done")
        self.assertEqual(self.binding(1).partner_ref, "Sales")
