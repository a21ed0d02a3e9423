# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import BASH, FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestTrustSoftware(SoftwareCase):
    """Users only see software that is installed in their companies."""

    def setUp(self):
        super().setUp()
        company = self.env["res.company"].create({"name": "Other"})
        self.stranger = new_test_user(
            self.env,
            "stranger",
            groups="connector_ocs.group_ocs_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.import_software(1, FIREFOX, BASH)
        there = self.import_software(2, dict(FIREFOX, VERSION="126.0"))
        there.company_id = company
        self.env.flush_all()

    def names(self, model):
        records = self.env[model].with_user(self.stranger)
        found = call_kw(records, "search_read", [[], ["display_name"]], {})
        return {each["display_name"] for each in found}

    def test_titles_and_versions(self):
        found = self.names("ocs.software")
        self.assertEqual(found, {"Firefox"})
        found = self.names("ocs.software.version")
        self.assertEqual(found, {"Firefox 126.0"})

    def test_direct_access(self):
        title = self.title("bash")
        for record in (title, title.version_ids):
            theirs = record.with_user(self.stranger)
            with self.subTest(record._name), self.assertRaises(AccessError):
                theirs.read(["name"])
            found = theirs.name_search("bash")
            self.assertFalse(found)

    def test_versions_of_a_title(self):
        title = self.title("Firefox").with_user(self.stranger)
        self.assertEqual(title.version_ids.mapped("name"), ["126.0"])
        self.assertEqual(title.version_count, 1)

    def test_assets_without_company(self):
        self.env["maintenance.equipment"].search(
            [("ocs_installation_ids.software_id.name", "=", "bash")]
        ).company_id = False
        self.assertIn("bash", self.names("ocs.software"))
