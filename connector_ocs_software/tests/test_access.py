# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestAccess(SoftwareCase):
    """Only OCS users can see software, and only imports can change it."""

    def setUp(self):
        super().setUp()
        self.asset = self.import_software(1, FIREFOX)
        installation = self.asset.ocs_installation_ids
        self.records = (
            installation,
            installation.software_id,
            installation.version_id,
        )

    def user(self, *groups, **values):
        names = ",".join(groups)
        return new_test_user(self.env, "somebody", groups=names, **values)

    def test_ocs_users_read(self):
        user = self.user("connector_ocs.group_ocs_user")
        for record in self.records:
            with self.subTest(record._name):
                self.assertIn(record, record.with_user(user).search([]))
                record.with_user(user).mapped("display_name")
        self.assertEqual(self.asset.with_user(user).ocs_software_count, 1)
        self.assertEqual(self.records[1].with_user(user).computer_count, 1)

    def test_nobody_writes(self):
        manager = self.user("connector_ocs.group_ocs_manager")
        for record in self.records:
            with self.subTest(record._name):
                for attempt in (
                    lambda record=record: record.unlink(),
                    lambda record=record: record.write({"id": 0}),
                    lambda record=record: record.copy(),
                ):
                    with self.assertRaises(AccessError):
                        record = record.with_user(manager)
                        attempt(record)

    def test_managers_import(self):
        manager = self.user("connector_ocs.group_ocs_manager")
        self.ocs[1]["software"] = []
        self.binding(1).with_user(manager).action_import_now()
        self.assertFalse(self.asset.ocs_installation_ids)

    def test_technicians_see_assets_without_software(self):
        user = self.user("maintenance.group_equipment_manager")
        asset = self.asset.with_user(user)
        self.assertTrue(asset.name)
        with self.assertRaises(AccessError):
            asset.read(["ocs_software_count"])
        with self.assertRaises(AccessError):
            self.records[0].with_user(user).search([])
        view = asset.get_view(view_type="form")
        self.assertNotIn("ocs_software_count", view["arch"])

    def test_other_companies(self):
        company = self.env["res.company"].create({"name": "Other"})
        user = self.user(
            "connector_ocs.group_ocs_user",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        installation, title, version = (r.with_user(user) for r in self.records)
        self.assertNotIn(installation, installation.search([]))
        self.assertEqual((title.computer_count, version.computer_count), (0, 0))
        found = title.search([("computer_count", ">", 0)])
        self.assertNotIn(title, found)

    def test_asset_that_was_given_another_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        here = self.user("connector_ocs.group_ocs_user")
        there = new_test_user(
            self.env,
            "somebody there",
            groups="connector_ocs.group_ocs_user",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.asset.company_id = company
        self.import_software(1, FIREFOX, force=True)
        self.assertEqual(self.asset.company_id, company)
        self.env.flush_all()
        for user, count in ((here, 0), (there, 1)):
            with self.subTest(user.login):
                self.env.invalidate_all()
                title = self.records[1].with_user(user)
                self.assertEqual(title.computer_count, count)
                found = (
                    self.records[0]
                    .with_user(user)
                    .web_search_read(
                        [], {"equipment_id": {"fields": {"display_name": {}}}}
                    )
                )
                self.assertEqual(found["length"], count)
