# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer

from .rules import RulesCase


@tagged("post_install", "-at_install")
class TestRules(RulesCase):
    """Rules that imports apply."""

    def test_values_of_a_rule(self):
        self.rule(
            ("tag", "is", "paris"),
            ("ip", "in_network", "192.0.2.0/24"),
            category_id=self.category.id,
            maintenance_team_id=self.team.id,
            technician_user_id=self.technician.id,
            location="Rue de Rivoli",
        )
        found = self.import_computer(1, ocs_computer())
        self.assertEqual(found.category_id, self.category)
        self.assertEqual(found.maintenance_team_id, self.team)
        self.assertEqual(found.technician_user_id, self.technician)
        self.assertEqual(found.location, "Rue de Rivoli")
        other = self.import_computer(
            2,
            ocs_computer(
                hardware={"DEVICEID": "B", "UUID": "", "IPADDR": "198.51.100.1"}
            ),
        )
        self.assertEqual(other.category_id, self.backend.computer_category_id)
        self.assertFalse(other.location or other.technician_user_id)

    def test_first_matching_rule_wins_for_each_field(self):
        self.rule(("tag", "is", "Lyon"), location="Lyon")
        self.rule(("tag", "is", "Paris"), location="Paris")
        self.rule(location="Elsewhere", technician_user_id=self.technician.id)
        found = self.import_computer(1, ocs_computer())
        self.assertEqual(found.location, "Paris")
        self.assertEqual(found.technician_user_id, self.technician)

    def test_archived_rules_and_rules_of_other_backends_are_ignored(self):
        other = self.backend.copy({"name": "Other OCS"})
        self.rule(location="Archived", active=False)
        self.rule(location="Other", backend_ids=[(6, 0, other.ids)])
        self.rule(location="Mine", backend_ids=[(6, 0, self.backend.ids)])
        self.assertEqual(self.import_computer(1, ocs_computer()).location, "Mine")

    def test_rule_of_an_archived_backend_does_not_apply_to_all(self):
        other = self.backend.copy({"name": "Other OCS"})
        rule = self.rule(location="Other", backend_ids=[(6, 0, other.ids)])
        other.active = False
        rule.invalidate_recordset()
        self.assertFalse(self.import_computer(1, ocs_computer()).location)

    def test_excluded_computer_is_listed(self):
        rule = self.rule(("name", "matches", "PC*"), name="No PCs", decision="exclude")
        self.assertFalse(self.import_computer(1, ocs_computer()))
        issue = self.issue(1)
        self.assertEqual(issue.reason, "rule")
        self.assertIn("No PCs", issue.message)
        self.assertFalse(issue.import_request)
        rule.active = False
        self.assertEqual(issue.import_request, "rules")  # checked again
        self.assertTrue(self.import_computer(1))
        self.assertFalse(self.issue(1))

    def test_excluded_asset_is_not_updated(self):
        binding = self.import_computer(1, ocs_computer())
        self.rule(decision="exclude")
        self.import_computer(1, ocs_computer(hardware={"NAME": "NEW"}))
        self.assertEqual(binding.name, "PC")
        self.assertEqual(binding.skip_reason, "rule")

    def test_earlier_rule_prevents_exclusion(self):
        self.rule(("tag", "is", "Paris"), decision="import")
        self.rule(decision="exclude")
        self.assertTrue(self.import_computer(1, ocs_computer()))
        self.assertFalse(
            self.import_computer(2, ocs_computer(accountinfo={"TAG": "Lyon"}))
        )

    def test_changed_rule_is_applied_by_the_next_import(self):
        rule = self.rule(location="Before")
        binding = self.import_computer(1, ocs_computer())
        for change in (
            lambda: rule.write({"location": "After"}),
            lambda: rule.condition_ids.create(
                {"rule_id": rule.id, "fact": "tag", "value": "Lyon"}
            ),
            lambda: rule.condition_ids.write({"value": "Paris"}),
            lambda: rule.condition_ids.unlink(),
            lambda: rule.copy(),
            lambda: rule.unlink(),
        ):
            self.import_computer(1)
            self.assertFalse(binding.import_request)
            change()
            self.assertEqual(binding.import_request, "rules")
        self.assertEqual(binding.location, "After")

    def test_rule_moved_to_another_backend(self):
        other = self.backend.copy({"name": "Other OCS"})
        rule = self.rule(location="Mine", backend_ids=[(6, 0, self.backend.ids)])
        binding = self.import_computer(1, ocs_computer())
        rule.backend_ids = other
        self.assertEqual(binding.import_request, "rules")
        self.import_computer(1)
        rule.location = "Other"
        self.assertFalse(binding.import_request)

    def test_second_import_writes_nothing(self):
        self.rule(
            location="Paris",
            category_id=self.category.id,
            maintenance_team_id=self.team.id,
            owner_source="user",
            owner_user_id=self.technician.id,
        )
        binding = self.import_computer(1, ocs_computer())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE maintenance_equipment SET write_date = '2000-01-01'"
        )
        self.env.cr.execute("UPDATE ocs_computer_binding SET write_date = '2000-01-01'")
        self.env.invalidate_all()
        messages = binding.odoo_id.message_ids
        self.import_computer(1, force=True)
        self.env.flush_all()
        self.assertEqual(binding.write_date.year, 2000)
        self.assertEqual(binding.odoo_id.write_date.year, 2000)
        self.assertEqual(binding.odoo_id.message_ids, messages)

    def test_values_of_rules_leave_the_asset_untouched(self):
        self.rule(
            location="Paris",
            maintenance_team_id=self.team.id,
            technician_user_id=self.technician.id,
            owner_source="user",
            owner_user_id=self.technician.id,
        )
        asset = self.import_computer(1, ocs_computer()).odoo_id
        self.assertTrue(asset._ocs_is_untouched(), asset._ocs_user_filled_fields())
        asset.location = "Lyon"
        self.assertEqual(asset._ocs_user_filled_fields(), ["location"])
        self.assertFalse(asset._ocs_is_untouched())

    def test_query_count(self):
        for number in range(10):
            self.rule(("tag", "is", f"TAG {number}"), location=f"{number}")
        self.import_computer(1, ocs_computer())
        self.env.flush_all()
        self.env.invalidate_all()
        backend = self.backend._for_import()
        with backend.work_on("ocs.computer.binding") as work:
            engine = work.component(usage="rule.engine")
            importer = work.component(usage="record.importer")
            (computer_import,) = importer.start({1: ocs_computer()})
            backend.read(["name", "company_id"])
            with self.assertQueryCount(5):
                engine.effects(computer_import)

    def test_invalid_conditions(self):
        for fact, operator, value, message in (
            ("ip", "in_network", "192.0.2.300/24", "not an IP network"),
            ("ip", "in_network", "192.0.2.0/24, Paris", "“Paris” is not an IP"),
            ("ip", "in_network", "2001:db8::/200", "not an IP network"),
            ("ip", "is", "192.0.2.1", "compared with networks"),
            ("tag", "in_network", "192.0.2.0/24", "is not an IP address"),
            ("tag", "is", " ", "has no value"),
            ("tag", "is", ";", "has no value"),
            ("ip", "not_in_network", " , ", "has no value"),
        ):
            with self.subTest(fact=fact, operator=operator, value=value):
                with self.assertRaisesRegex(ValidationError, message):
                    self.rule((fact, operator, value), location="Paris")

    def test_invalid_rules(self):
        team = self._team("Team of the other", self.other_company)
        stranger = self.technician
        for values, message in (
            ({}, "has no effect"),
            ({"owner_source": "user"}, "Choose the user"),
            ({"owner_user_id": self.technician.id}, "has no effect"),
            (
                {"company_id": self.company.id, "maintenance_team_id": team.id},
                "does not belong",
            ),
            (
                {
                    "company_id": self.other_company.id,
                    "technician_user_id": stranger.id,
                },
                "does not belong",
            ),
        ):
            with self.subTest(values):
                with self.assertRaisesRegex(ValidationError, message):
                    self.rule(**values)
        rule = self.rule(location="Paris")
        with self.assertRaisesRegex(ValidationError, "has no effect"):
            rule.location = False

    def test_company_of_a_new_asset(self):
        mine = self._category("Mine", self.company)
        self.backend.computer_category_id = mine
        category = self._category("Of the other", self.other_company)
        self.rule(
            ("tag", "is", "Other"),
            company_id=self.other_company.id,
            category_id=category.id,
        )
        self.rule(maintenance_team_id=self.team.id, name="Team for all")
        found = self.import_computer(1, ocs_computer(accountinfo={"TAG": "Other"}))
        self.assertEqual(found.company_id, self.other_company)
        self.assertEqual(found.category_id, category)
        self.assertEqual(found.backend_id, self.backend)
        self.assertFalse(found.maintenance_team_id)
        self.assertIn("Team for all", found.warnings)
        self.assertIn("does not belong", found.warnings)

    def test_company_of_an_existing_asset(self):
        binding = self.import_computer(1, ocs_computer())
        binding.maintenance_team_id = self.team
        self.backend.computer_category_id = self._category("Mine", self.company)
        self.import_computer(1, force=True)
        self.rule(company_id=self.other_company.id)
        for _again in range(2):
            self.import_computer(1, force=True)
            self.assertEqual(binding.company_id, self.other_company)
            self.assertFalse(binding.maintenance_team_id)
            self.assertFalse(binding.category_id)
            self.assertIn("has no category", binding.warnings)

    def test_company_that_conflicts_with_the_vendor(self):
        binding = self.import_computer(1, ocs_computer())
        binding.partner_id = self.env["res.partner"].create(
            {"name": "Vendor", "company_id": self.company.id}
        )
        self.rule(company_id=self.other_company.id)
        self.import_computer(1)
        self.assertEqual(binding.company_id, self.company)
        self.assertIn("vendor", binding.warnings)

    def test_archived_target(self):
        rule = self.rule(maintenance_team_id=self.team.id, name="First")
        team = self._team("Team of Lyon")
        self.rule(maintenance_team_id=team.id)
        self.assertFalse(rule.problem)
        binding = self.import_computer(1, ocs_computer())
        self.assertEqual(binding.maintenance_team_id, self.team)
        self.team.active = False
        self.assertIn("Team of Paris is archived", rule.problem)
        self.assertEqual(binding.import_request, "rules")  # checked again
        self.import_computer(1)
        self.assertEqual(binding.maintenance_team_id, team)
        self.assertIn("“First” sets the archived", binding.warnings)

    def test_archived_users(self):
        rule = self.rule(
            technician_user_id=self.technician.id,
            owner_source="user",
            owner_user_id=self.technician.id,
        )
        self.technician.active = False
        self.assertEqual(rule.problem.count("archived"), 2)
        binding = self.import_computer(1, ocs_computer())
        self.assertFalse(binding.technician_user_id)
        self.assertEqual(binding.warnings.count("archived"), 2)

    def test_records_that_rules_use_are_not_deleted(self):
        self.rule(
            name="Keeper",
            active=False,
            category_id=self.category.id,
            maintenance_team_id=self.team.id,
            owner_source="user",
            owner_user_id=self.technician.id,
        )
        for target in (self.category, self.team, self.technician):
            with self.subTest(target._name):
                with self.assertRaisesRegex(UserError, "“Keeper” uses this"):
                    target.unlink()
        self._team("Free").unlink()

    def test_summaries(self):
        rule = self.rule(("tag", "is", "Paris"), location="Paris", owner_source="ocs")
        self.assertEqual(rule.condition_summary, "TAG is Paris")
        self.assertIn("Location: Paris", rule.effect_summary)
        self.assertIn("The user reported by OCS", rule.effect_summary)
        self.assertEqual(self.rule(decision="exclude").condition_summary, "Always")
        self.assertEqual(rule.copy().condition_ids.value, "Paris")
