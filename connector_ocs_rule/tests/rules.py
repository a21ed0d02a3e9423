# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user

from odoo.addons.connector_ocs.tests.trust import CompaniesCase, TrustCase


class RulesCase(CompaniesCase):
    """Test case with the records that rules assign."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls._category("Notebooks")
        cls.team = cls._team("Team of Paris", cls.company)
        cls.technician = new_test_user(
            cls.env, "rules_technician", groups="base.group_user"
        )

    @classmethod
    def _category(cls, name, company=None):
        return cls.env["maintenance.equipment.category"].create(
            {"name": name, "company_id": company and company.id}
        )

    @classmethod
    def _team(cls, name, company=None):
        return cls.env["maintenance.team"].create(
            {"name": name, "company_id": company and company.id}
        )

    def rule(self, *conditions, name="Rule", **values):
        """Create a rule after the existing ones.

        :param conditions: tuples (fact, operator, value)
        """
        lines = [
            (0, 0, {"fact": fact, "operator": operator, "value": value})
            for fact, operator, value in conditions
        ]
        return self.env["ocs.rule"].create(
            {"name": name, "condition_ids": lines, **values}
        )


class RulesTrustCase(RulesCase, TrustCase):
    """Test case with two companies whose managers write rules."""

    allow_inherited_tests_method = True

    def rule_of(self, user, **values):
        """Create a rule as a user."""
        rules = self.as_user(self.env["ocs.rule"], user)
        return rules.create({"name": "Rule", **values})
