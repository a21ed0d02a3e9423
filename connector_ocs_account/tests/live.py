# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).


class LiveAccountMixin:
    """Mixin that creates administrative data as the console of OCS does."""

    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        if "ocs.account.field" not in self.env:  # tests of other addons use it, too
            self.skipTest("connector_ocs_account is not installed.")
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
