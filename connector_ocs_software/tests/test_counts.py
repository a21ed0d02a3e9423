# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.fields import Domain
from odoo.tests import Form, new_test_user, tagged

from .common import BASH, FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestCounts(SoftwareCase):
    """Count, search and order by the computers of titles and versions."""

    def setUp(self):
        super().setUp()
        self.first = self.import_software(1, FIREFOX, dict(FIREFOX, VERSION="126.0"))
        self.second = self.import_software(2, FIREFOX, BASH)
        self.firefox, self.bash = self.title("Firefox"), self.title("bash")
        self.titles = self.firefox + self.bash
        self.among = [("id", "in", self.titles.ids)]

    def search(self, *leaves, **options):
        domain = Domain.AND([self.among, list(leaves)])
        return self.env["ocs.software"].search(domain, **options)

    def test_counts(self):
        """A computer with two versions of a title counts once."""
        self.assertEqual(self.titles.mapped("computer_count"), [2, 1])
        self.assertEqual(self.titles.mapped("version_count"), [2, 1])
        versions = self.firefox.version_ids
        self.assertEqual(versions.mapped("name"), ["125.0", "126.0"])
        self.assertEqual(versions.mapped("computer_count"), [2, 1])

    def test_archived_assets_do_not_count(self):
        self.first.active = False
        self.assertEqual(self.titles.mapped("computer_count"), [1, 1])

    def test_import_updates_the_count(self):
        self.assertEqual(self.firefox.computer_count, 2)
        self.import_software(1)
        self.assertEqual(self.firefox.computer_count, 1)

    def test_order(self):
        by_count = "computer_count desc, id"
        self.assertEqual(self.search(order=by_count), self.titles)
        self.assertEqual(self.search(order="computer_count"), self.bash + self.firefox)
        info = self.env["ocs.software"].fields_get(["computer_count"], ["sortable"])
        self.assertTrue(info["computer_count"]["sortable"])

    def test_search(self):
        for operator, value, expected in (
            ("=", 1, self.bash),
            ("!=", 1, self.firefox),
            (">", 1, self.firefox),
            (">=", 1, self.titles),
            ("<", 1, self.titles.browse()),
            ("in", [1, 2], self.titles),
        ):
            with self.subTest(operator=operator, value=value):
                found = self.search(("computer_count", operator, value))
                self.assertEqual(found, expected)
        self.import_software(2)
        self.assertEqual(self.search(("computer_count", "=", 0)), self.bash)

    def test_unused_titles_are_deleted(self):
        old = self.firefox.version_ids.filtered(lambda version: version.name == "126.0")
        self.import_software(1, FIREFOX)
        self.import_software(2, FIREFOX)
        self.env["ocs.software"]._gc_unused()
        self.assertFalse((old + self.bash.version_ids).exists() or self.bash.exists())
        self.assertEqual(self.firefox.exists().version_ids.name, "125.0")
        self.assertEqual(self.second.ocs_software_count, 1)

    def test_computers_of_a_title(self):
        user = new_test_user(self.env, "u", groups="connector_ocs.group_ocs_user")
        action = self.bash.with_user(user).action_view_computers()
        found = self.env[action["res_model"]].with_user(user).search(action["domain"])
        self.assertEqual(found, self.second)
        version = self.firefox.version_ids[1]
        action = version.with_user(user).action_view_computers()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.first)
        action = self.firefox.action_view_installations()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(found), 3)

    def test_software_of_a_computer(self):
        with Form(self.second) as form:
            self.assertEqual(form.ocs_software_count, 2)
        action = self.second.action_view_ocs_software()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.software_id, self.titles)
        domain = [("ocs_installation_ids.software_id", "ilike", "fire")]
        equipment = self.env["maintenance.equipment"].search(domain)
        self.assertEqual(equipment, self.first + self.second)

    def test_search_by_publisher(self):
        self.assertEqual(self.search(("publisher", "=", False)), self.bash)
        installations = self.env["ocs.software.installation"]
        found = installations.search([("publisher", "=", "Mozilla")])
        self.assertEqual(found.software_id, self.firefox)
        self.assertEqual(self.search(("version_ids", "ilike", "126")), self.firefox)
