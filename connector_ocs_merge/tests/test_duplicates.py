# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from lxml.html import fromstring

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor

from .merging import ASSET, MergeCase

UUID = "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB"
SWAPPED = "403F2D1B-6B5A-8D7C-9EAF-0123456789AB"


@tagged("post_install", "-at_install")
class TestDuplicates(MergeCase):
    """Assets that may be the same machine."""

    def assert_duplicates(self, *assets):
        """Assert that exactly these assets are duplicates of one another."""
        self.env.invalidate_all()
        for asset in assets:
            others = self.env[ASSET].concat(*assets) - asset
            self.assertEqual(asset.ocs_duplicate_ids, others)
            self.assertEqual(asset.ocs_duplicate_count, len(others))
        listed = self.env[ASSET].with_context(active_test=False)
        found = listed.search([("has_ocs_duplicates", "=", True)])
        self.assertEqual(found.ids, [asset.id for asset in assets])
        rest = listed.search([("has_ocs_duplicates", "=", False)])
        self.assertEqual(found | rest, listed.search([]))

    def test_no_duplicates(self):
        self.assert_duplicates()

    def test_by_serial_number(self):
        self.ocs[2] = self.same_serial(2, of=1)
        self.import_changed()
        self.assert_duplicates(self.one, self.two)

    def test_by_serial_number_entered_manually(self):
        self.one.serial_no = False
        manual = self.create_asset(serial_no="5CG0001XYZ")
        self.import_changed()
        self.assert_duplicates(self.one, manual)

    def test_by_uuid(self):
        self.ocs[2] = self.machine(
            2, hardware={"UUID": self.ocs[1]["hardware"]["UUID"]}, bios={"SSN": ""}
        )
        self.import_changed()
        self.assert_duplicates(self.one, self.two)

    def test_other_spellings(self):
        """Case, blanks, notation and byte order do not matter."""
        self.assets.mac_addresses = False
        for field, value, spelling in (
            ("serial_no", "5CG0009XYZ", "5cg 0009 xyz"),
            ("hardware_uuid", UUID, "{403f2d1b-6b5a-8d7c-9eaf-0123456789ab}"),
            ("hardware_uuid", UUID, UUID.replace("-", "").lower()),
            ("mac_addresses", "00:1B:21:00:00:01", "001b.2100.0001, 00-1b-21-00-00-07"),
        ):
            with (
                self.subTest(spelling=spelling),
                self.env.cr.savepoint() as savepoint,
            ):
                assets = [
                    self.create_asset(**{field: each}) for each in (value, spelling)
                ]
                self.assert_duplicates(*assets)
                savepoint.rollback()

    def test_locally_administered_address_is_ignored(self):
        for _number in range(2):
            self.create_asset(mac_addresses="02:00:00:00:00:00")
        self.assert_duplicates()

    def test_swapped_uuid_is_no_contradiction(self):
        self.one.hardware_uuid = UUID
        self.two.hardware_uuid = SWAPPED
        self.assertNotIn("UUID", " ".join(self.assets._ocs_contradictions()))
        self.two.hardware_uuid = UUID.replace("1B2D", "1B2E")
        self.assertIn("UUID", " ".join(self.assets._ocs_contradictions()))

    def test_different_serial_numbers_are_no_duplicates(self):
        self.two.hardware_uuid = self.one.hardware_uuid
        self.assert_duplicates()

    def test_by_mac_address(self):
        for number, addresses in (
            (1, ["00:1B:21:00:00:01", "00:1B:21:00:00:02"]),
            (2, ["00:1B:21:00:00:02", "00:1B:21:00:00:03"]),
        ):
            self.ocs[number] = self.machine(number, bios={"SSN": ""})
            (self.one, self.two)[number - 1].mac_addresses = ", ".join(addresses)
        for asset in self.assets:
            asset.serial_no = False
            asset.ocs_bind_ids.ocs_serial = False
        self.assert_duplicates(self.one, self.two)

    def test_placeholders_are_ignored(self):
        for number in (1, 2):
            self.ocs[number] = self.machine(
                number,
                hardware={"UUID": "03000200-0400-0500-0006-000700080009"},
                bios={"SSN": "Default string"},
            )
        self.import_changed()
        self.assets.mac_addresses = "00:00:00:00:00:00"
        self.assert_duplicates()

    def test_value_of_many_assets_is_ignored(self):
        assets = [
            self.create_asset(mac_addresses="00:1B:21:00:00:09") for _n in range(6)
        ]
        self.assert_duplicates()
        assets[0].mac_addresses = False
        self.assert_duplicates(*assets[1:])

    def test_computer_and_monitor_are_no_duplicates(self):
        self.ocs[1]["monitors"] = [ocs_monitor("5CG0002XYZ")]
        self.import_changed()
        self.assert_duplicates()

    def test_assets_of_different_companies_are_no_duplicates(self):
        self.ocs[2] = self.same_serial(2, of=1)
        self.import_changed()
        self.two.company_id = self.env["res.company"].create({"name": "Other"})
        self.assert_duplicates()

    def test_archived_but_not_merged(self):
        self.ocs[2] = self.same_serial(2, of=1)
        self.import_changed()
        self.two.active = False
        self.assert_duplicates(self.one, self.two)
        merge = self.merge()
        self.assert_duplicates()
        self.undo(merge)
        self.assert_duplicates(self.one, self.two)

    def test_number_of_queries(self):
        self.assets.mapped("ocs_duplicate_count")
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            self.assets.mapped("ocs_duplicate_count")

    def test_only_managers_see_duplicates(self):
        user = new_test_user(self.env, "reader", groups="connector_ocs.group_ocs_user")
        self.assertNotIn("ocs_duplicate_count", self.one.with_user(user).fields_get())
        with self.assertRaises(AccessError):
            self.env["ocs.merge.wizard"].with_user(user).create({})


@tagged("post_install", "-at_install")
class TestMergeWizard(MergeCase):
    """Wizard that shows what will be merged, and merges it."""

    def wizard(self, assets=None):
        action = (assets or self.assets).action_ocs_merge_selected()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_asset_in_use_is_kept(self):
        self.assertEqual(self.wizard().destination_id, self.one)
        self.use(self.two)
        self.assertEqual(self.wizard().destination_id, self.two)

    def test_asset_with_history_is_kept_over_a_computer_in_ocs(self):
        self.two.message_post(body="Repaired.")
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(self.wizard().destination_id, self.two)

    def row(self, label, wizard=None):
        """Return the texts of a row of the comparison, and whether they differ."""
        html = fromstring((wizard or self.wizard()).comparison)
        (row,) = html.xpath(f"//tr[th='{label}']")
        texts = [each.text_content().strip() for each in row.iterfind("td")]
        return texts, "table-warning" in row.get("class", "")

    def test_records_are_counted(self):
        self.use(self.two)
        wizard = self.wizard()
        for label in ("Maintenance requests", "Monitors", "Attachments", "Activities"):
            self.assertEqual(self.row(label, wizard), (["0", "1"], False))

    def test_all_messages_are_counted(self):
        """All of them move, also those of imports."""
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        self.import_changed()
        number = len(self.one.message_ids)
        self.assertTrue(self.notes(self.one))
        self.assertFalse(self.one._ocs_count_history()[self.one.id]["notes"])
        (shown, _other), _differs = self.row("Messages")
        self.assertEqual(shown, str(number))

    def test_compared_side_by_side(self):
        self.two.write({"model": self.one.model, "hardware_uuid": False})
        self.two.name = "<b>PC</b>"
        wizard = self.wizard()
        self.assertEqual(
            self.row("Serial Number", wizard), (["5CG0001XYZ", "5CG0002XYZ"], True)
        )
        self.assertEqual(self.row("Equipment Name", wizard)[0], ["PC-1", "<b>PC</b>"])
        self.assertFalse(self.row("Model", wizard)[1])
        self.assertFalse(self.row("UUID", wizard)[1], "A missing value differs not.")
        self.assertEqual(self.row("ID in OCS", wizard), (["1", "2"], False))
        self.assertEqual(len(self.row("Last inventory", wizard)[0]), 2)

    def test_serial_numbers_in_ocs(self):
        """They show why assets without serial number may be one machine."""
        self.ocs[2] = self.same_serial(2, of=1)
        self.import_changed()
        serial = self.ocs[1]["bios"]["SSN"]
        self.assertEqual(self.row("Serial number in OCS"), ([serial, serial], False))

    def test_spellings_do_not_differ(self):
        self.one.hardware_uuid, self.two.hardware_uuid = UUID, UUID.lower()
        self.assertFalse(self.row("UUID")[1])

    def test_kept_asset_is_marked(self):
        wizard = self.wizard()
        for asset in self.assets:
            wizard.destination_id = asset
            (kept,) = fromstring(wizard.comparison).xpath("//th[span[text()='Kept']]")
            self.assertIn(f"(ID {asset.id})", kept.text_content())

    def test_summary_follows_the_choice(self):
        with Form(self.wizard()) as form:
            self.assertIn("“PC-1” (ID", form.summary)
            form.destination_id = self.two
            self.assertIn(f"“PC-2” (ID {self.two.id}) is kept", form.summary)

    def test_contradiction_has_to_be_confirmed(self):
        wizard = self.wizard()
        for part in ("5CG0001XYZ", "5CG0002XYZ", "UUID"):
            self.assertIn(part, wizard.contradictions)
        with self.assertRaisesRegex(UserError, "These are the same machine"):
            wizard.action_merge()
        wizard.is_one_machine = True
        wizard.action_merge()
        self.assertFalse(self.two.active)

    def test_merge_without_contradictions(self):
        self.ocs[2] = self.machine(
            2,
            hardware={"UUID": self.ocs[1]["hardware"]["UUID"]},
            bios={"SSN": self.ocs[1]["bios"]["SSN"]},
        )
        self.import_changed()
        wizard = self.env["ocs.merge.wizard"].browse(
            self.two.action_ocs_merge()["res_id"]
        )
        self.assertFalse(wizard.contradictions)
        action = wizard.action_merge()
        self.assertEqual(action["res_id"], self.one.id)
        self.assertEqual(self.one.ocs_merge_count, 1)

    def test_from_the_list_of_computers(self):
        action = self.env.ref("connector_ocs_merge.ocs_merge_computer_action")
        context = {
            "active_model": "ocs.computer.binding",
            "active_ids": self.assets.ocs_bind_ids.ids,
        }
        found = action.with_context(**context).run()
        wizard = self.env[found["res_model"]].browse(found["res_id"])
        self.assertEqual(wizard.asset_ids, self.assets)

    def test_assets_that_cannot_be_merged(self):
        self.ocs[1]["monitors"] = [ocs_monitor("CN0ABC123")]
        self.import_changed()
        with self.assertRaisesRegex(UserError, "at least two"):
            self.wizard(self.one)
        with self.assertRaisesRegex(UserError, "computer and a monitor"):
            self.wizard(self.one | self.one.monitor_ids)
        self.two.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(UserError, "different companies"):
            self.wizard()
