# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from ..components.computer_deleter import OcsComputerDeleter
from .test_rebind import RebindCase


class ReplacementCase(RebindCase):
    """A machine that is imported with its new ID before the old one is removed."""

    same = {
        "hardware": {"UUID": "4C4C4544-0042-3510-8052-000000000002"},
        "bios": {"SSN": "5CG0002XYZ"},
    }

    def setUp(self):
        super().setUp()
        self.ocs[3] = self.machine(3, **self.same)
        self.import_changed()
        self.replacement = self.binding(3).odoo_id
        self.assertNotEqual(self.replacement, self.asset)

    def merge(self):
        """Remove the old computer as OCS does when it merges both, and import."""
        del self.ocs[2]
        return self.import_changed()


@tagged("post_install", "-at_install")
class TestReplacement(ReplacementCase):
    """A machine has two assets, and users have worked with the second one."""

    def test_two_machines_with_one_serial_number(self):
        """Some manufacturers reuse serial numbers: the UUIDs differ then."""
        self.ocs[3] = self.machine(3, bios=self.same["bios"])
        self.import_changed()
        self.merge()
        self.assertTrue(self.replacement.exists())
        self.assertFalse(self.asset.active)

    def test_used_replacement_is_kept_and_logged(self):
        self.replacement.message_post(body="Repaired.")
        self.merge()
        self.assertTrue(self.replacement.exists())
        self.assertFalse(self.asset.active)
        note = self.notes(self.asset)[-1]
        for part in ("PC-3", str(self.replacement.id), "serial number"):
            self.assertIn(part, note)

    def test_addon_handles_the_replacement(self):
        """Then the policy is not applied."""
        self.replacement.message_post(body="Repaired.")
        handle = self.startPatcher(
            mock.patch.object(
                OcsComputerDeleter, "_handle_duplicate", return_value=True
            )
        )
        self.merge()
        binding, duplicate = handle.call_args.args
        self.assertEqual(binding.odoo_id, self.asset)
        self.assertEqual(duplicate.binding.odoo_id, self.replacement)
        self.assertTrue(self.asset.active)
        self.assertFalse(binding.removal_action)
        self.assertNotIn("removed from OCS", " ".join(self.notes(self.asset)))

    def test_assets_that_users_touched(self):
        maintenance = self.env["maintenance.request"]
        team = self.env["maintenance.team"].create({"name": "Team of the tests"})
        for action in (
            lambda: self.replacement.message_post(body="Repaired."),
            lambda: self.replacement.activity_schedule("mail.mail_activity_data_todo"),
            lambda: maintenance.create(
                {"name": "X", "equipment_id": self.replacement.id}
            ),
            lambda: self.replacement.write({"note": "In the attic."}),
            lambda: self.replacement.write({"partner_ref": "A-1"}),
            lambda: self.replacement.write({"maintenance_team_id": team.id}),
            lambda: self.replacement.write({"technician_user_id": self.env.uid}),
            lambda: self.replacement.write({"expected_mtbf": 90}),
            lambda: self.replacement.write({"color": 3}),
            lambda: self.replacement.write({"active": False}),
            lambda: self.env["ir.attachment"].create(
                {
                    "name": "x",
                    "res_model": self.replacement._name,
                    "res_id": self.replacement.id,
                }
            ),
        ):
            with self.env.cr.savepoint() as savepoint:
                action()
                self.env.flush_all()
                with self.subTest(action.__code__.co_consts):
                    self.assertFalse(self.replacement._ocs_is_untouched())
                savepoint.rollback()
        self.assertTrue(self.replacement._ocs_is_untouched())

    def test_edit_of_a_field_owned_by_odoo(self):
        """An import fills it once; later edits would be lost with the asset."""
        names = self.backend.ownership_ids.filtered(lambda line: line.name == "name")
        names.ownership = "odoo"
        self.import_changed(force=True)
        self.assertTrue(self.replacement._ocs_is_untouched())
        self.replacement.name = "Mine"
        self.assertFalse(self.replacement._ocs_is_untouched())

    def test_archived_asset_stays_archived(self):
        self.replacement.message_post(body="Repaired.")
        self.merge()
        self.assertFalse(self.asset.active)
        self.replace(**self.same)
        self.assertFalse(self.asset.active)
