# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.live import LiveCase
from odoo.addons.connector_ocs.tests.tours import TourCase


class _Fleet:
    """Mixin that inserts two computers with different TAGs and addresses."""

    def insert_fleet(self):
        for number, tag in enumerate(("Paris", "Lyon"), 1):
            self.insert_computer(number, f"PC-{number}", IPADDR=f"192.0.2.{number}")
            self.insert("accountinfo", HARDWARE_ID=number, TAG=tag)
            self.insert("bios", HARDWARE_ID=number, TYPE="Notebook")


@tagged("post_install", "-at_install")
class TestRulesLive(_Fleet, LiveCase):
    """Rules on a real OCS database."""

    def test_network_and_tag(self):
        self.insert_fleet()
        conditions = [
            {"fact": "ip", "operator": "in_network", "value": "192.0.2.0/31"},
            {"fact": "tag", "value": "PARIS; Berlin"},
            {"fact": "chassis_type", "operator": "contains", "value": "note"},
        ]
        self.env["ocs.rule"].create(
            [
                {
                    "name": "Notebooks of Paris",
                    "condition_ids": [(0, 0, values) for values in conditions],
                    "location": "Paris",
                },
                {
                    "name": "No others",
                    "condition_ids": [
                        (0, 0, {"fact": "name", "operator": "is_not", "value": "pc-1"})
                    ],
                    "decision": "exclude",
                },
            ]
        )
        self.import_all()
        self.assertEqual(self.binding(1).location, "Paris")
        self.assertFalse(self.binding(2))
        self.assertEqual(self.issue(2).reason, "rule")


@tagged("post_install", "-at_install")
class TestRulesTour(_Fleet, TourCase):
    """Browser test of rules."""

    def test_create_a_rule(self):
        self.insert_fleet()
        self.import_all()
        self.start_tour(
            "/odoo/action-connector_ocs_rule.ocs_rule_action",
            "connector_ocs_rule",
        )
        rule = self.env["ocs.rule"].search([("name", "=", "Computers of Paris")])
        self.assertEqual(rule.condition_ids.value, "192.0.2.0/24")
        self.assertEqual(self.binding(1).location, "Rue de Rivoli")
