# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user, tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer

from ..lib.accounts import account_names
from .rules import RulesCase


@tagged("post_install", "-at_install")
class TestRulesOwner(RulesCase):
    """Owners that are found by the user OCS reports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jdoe = cls._user("rules_jdoe@example.org")

    @classmethod
    def _user(cls, login, **values):
        values.setdefault("groups", "base.group_user")
        return new_test_user(cls.env, login, **values)

    def find(self, user_id, company=None):
        with self.backend._for_import().work_on("ocs.computer.binding") as work:
            # bypass the finder of connector_ocs_hr, if it is installed
            finder = work.component(usage="owner.finder")
            users = finder.env["res.users"]
            for name in account_names(user_id):
                users |= finder._users(name, company or users.company_id.browse())
            return users

    def test_formats_of_a_user(self):
        for user_id in (
            "rules_jdoe@example.org",
            "rules_jdoe",
            "EXAMPLE\\Rules_JDoe",
            "EXAMPLE/rules_jdoe",
            "rules_jdoe@example.local",
            "root/rules_jdoe",
        ):
            with self.subTest(user_id):
                self.assertEqual(self.find(user_id), self.jdoe)
        for user_id in ("rules_jdo", "rulesXjdoe", "%", "rules_jdoe2", "admin", ""):
            with self.subTest(user_id):
                self.assertFalse(self.find(user_id))

    def test_exact_login_first(self):
        exact = self._user("rules_jdoe")
        self.assertEqual(self.find("EXAMPLE\\rules_jdoe"), exact)
        self.assertEqual(self.find("rules_jdoe@example.org"), self.jdoe)

    def test_several_users_match(self):
        other = self._user("rules_jdoe@example.com")
        self.assertEqual(self.find("rules_jdoe"), self.jdoe | other)
        self.assertEqual(self.find("rules_jdoe@example.com"), other)

    def test_users_that_cannot_be_owners(self):
        self._user("rules_portal@example.org", groups="base.group_portal")
        self._user("rules_archived@example.org").active = False
        self.assertFalse(self.find("rules_portal"))
        self.assertFalse(self.find("rules_archived"))
        self.assertFalse(self.find("rules_jdoe", self.other_company))
        self.assertTrue(self.find("rules_jdoe", self.company))

    def test_rule_sets_the_owner(self):
        self.rule(owner_source="ocs")
        binding = self.import_computer(
            1, ocs_computer(hardware={"USERID": "EXAMPLE\\rules_jdoe"})
        )
        self.assertEqual(binding.owner_user_id, self.jdoe)
        self.assertFalse(binding.warnings)

    def test_several_are_a_warning(self):
        self._user("rules_jdoe@example.com", name="Other Doe")
        computer = ocs_computer(hardware={"USERID": "rules_jdoe"})
        binding = self.import_computer(1, computer)
        self.assertFalse(binding.warnings)  # no rule needs the owner
        self.rule(owner_source="ocs", location="Paris")
        self.import_computer(1)
        self.assertFalse(binding.owner_user_id)
        self.assertEqual(binding.location, "Paris")
        self.assertIn("Other Doe (rules_jdoe@example.com)", binding.warnings)
        self.assertIn("(rules_jdoe@example.org)", binding.warnings)

    def test_next_rule_applies_to_an_unknown_user(self):
        self.rule(owner_source="ocs")
        self.rule(owner_source="user", owner_user_id=self.jdoe.id)
        binding = self.import_computer(1, ocs_computer(hardware={"USERID": "SYSTEM"}))
        self.assertEqual(binding.owner_user_id, self.jdoe)
        self.assertFalse(binding.warnings)

    def test_owner_belongs_to_the_company_of_a_rule(self):
        self.rule(company_id=self.other_company.id)
        self.rule(owner_source="ocs")
        self.rule(owner_source="user", owner_user_id=self.technician.id)
        computer = ocs_computer(hardware={"USERID": "rules_jdoe"})
        binding = self.import_computer(1, computer)
        self.assertFalse(binding.owner_user_id)
        self.assertIn("does not belong to the company", binding.warnings)
        self.jdoe.company_ids += self.other_company
        self.import_computer(1, force=True)
        self.assertEqual(binding.owner_user_id, self.jdoe)
        self.assertFalse(binding.warnings)
