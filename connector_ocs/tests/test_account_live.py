# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..components.account_adapter import AccountField
from .change_log import ChangeLogCase
from .test_adapter_errors import ConnectionCase
from .tours import TourCase


class LiveAccountMixin:
    """Mixin that creates administrative data as the console of OCS does."""

    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.addCleanup(self._remove_fields)
        self.config(1, "TAG", "TAG", 0, NAME_ACCOUNTINFO="TAG")
        self.config(2, "TAG", "TAG", 0, NAME_ACCOUNTINFO="TAG", ACCOUNT_TYPE="SNMP")
        self.add_field(3, "DEPT", "Department", 2, "VARCHAR(255)")
        self.add_field(4, "BOUGHT", "Bought on", 14, "DATE")
        self.add_field(5, "NOTE", "", 1, "LONGTEXT")
        for number, label in ((1, "Sales"), (2, "R&D")):
            self.insert(
                "config",
                NAME=f"ACCOUNT_VALUE_DEPT_{number}",
                IVALUE=number,
                TVALUE=label,
            )
        self.insert_computer(1, "PC-1")
        self.insert_computer(2, "PC-2")
        self.insert("accountinfo", HARDWARE_ID=1, TAG="Paris")

    def _remove_fields(self):
        self.sql("DELETE FROM accountinfo_config")
        self.sql("DELETE FROM config WHERE NAME LIKE 'ACCOUNT_VALUE%%'")
        for row in self.sql("SHOW COLUMNS FROM accountinfo LIKE 'fields%%'"):
            self.sql(f"ALTER TABLE accountinfo DROP COLUMN {row['Field']}")

    def config(self, number, name, label, kind, **columns):
        values = {"ACCOUNT_TYPE": "COMPUTERS", "SHOW_ORDER": number, **columns}
        self.insert(
            "accountinfo_config",
            **{"ID": number, "NAME": name, "COMMENT": label, "TYPE": kind, **values},
        )

    def add_field(self, number, name, label, kind, sql_type):
        self.config(number, name, label, kind)
        self.sql(f"ALTER TABLE accountinfo ADD COLUMN fields_{number} {sql_type}")

    def fill(self, **columns):
        """Save values for the first computer as a user of the console does."""
        for column, value in columns.items():
            self.sql(
                f"UPDATE accountinfo SET {column} = %s WHERE HARDWARE_ID = 1", value
            )

    def map_all(self):
        self.backend.action_read_account_fields()
        for field in self.backend.account_field_ids:
            target = {
                "fields_3": "partner_ref",
                "fields_4": "warranty_date",
                "fields_5": "note",
            }.get(field.column)
            if target:
                field.target_field_id = self.env["ir.model.fields"]._get(
                    "maintenance.equipment", target
                )


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


@tagged("post_install", "-at_install")
class TestAccountChangeLog(LiveAccountMixin, ChangeLogCase):
    """The triggers of the change log refer to no column that users can delete."""

    def test_change_of_a_mapped_column_is_detected(self):
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        self.map_all()
        self.import_all()
        self.import_all()
        self.import_all()
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        self.fill(fields_3="2")
        self.import_all()
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        self.assertEqual(self.binding(1).partner_ref, "R&D")
        self.assertEqual(self.check()[0], "healthy")

    def test_ocs_saves_after_a_column_was_dropped(self):
        self.map_all()
        self.install()
        self.sql("DELETE FROM accountinfo_config WHERE ID = 3")
        self.sql("ALTER TABLE accountinfo DROP COLUMN fields_3")
        self.fill(TAG="Lyon")
        self.assertIn((1, "accountinfo", "UPDATE"), self.logged())


@tagged("post_install", "-at_install")
class TestAccountTour(LiveAccountMixin, TourCase):
    """The form of the backend, in a browser."""

    def test_mapping_of_fields(self):
        self.start_tour(
            f"/odoo/action-connector_ocs.ocs_backend_action/{self.backend.id}",
            "connector_ocs_account",
        )
        tag, department = self.backend.account_field_ids[:2]
        self.assertEqual(department.target_field_id.name, "partner_ref")
        self.assertEqual(tag.target_property, "TAG")
        self.assertEqual(self.backend.tag_exclude, "NA")
