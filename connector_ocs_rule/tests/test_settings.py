# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestRulesSettings(OcsCase):
    """The rules that a process caches follow every change."""

    def setUp(self):
        super().setUp()
        self.backend._rules()  # fill the cache

    def test_rules(self):
        rule = self.env["ocs.rule"].create({"name": "Attic", "location": "Attic"})
        binding = self.import_computer(1, ocs_computer(), force=True)
        self.assertEqual(binding.location, "Attic")
        rule.location = "Cellar"
        self.assertEqual(self.import_computer(1, force=True).location, "Cellar")
        values = {"fact": "tag", "operator": "is", "value": "Rome"}
        rule.condition_ids = [Command.create(values)]
        rule.location = "Roof"
        self.assertEqual(self.import_computer(1, force=True).location, "Cellar")
        rule.condition_ids.value = "Paris"
        self.assertEqual(self.import_computer(1, force=True).location, "Roof")
        rule.active = False
        self.assertFalse(self.backend._rules())
        rule.active = True
        rule.unlink()
        self.assertFalse(self.backend._rules())

    def test_rule_of_a_deleted_backend(self):
        other = self.backend.copy()
        rule = {"name": "Attic", "location": "Attic", "backend_ids": other.ids}
        rule = self.env["ocs.rule"].create(rule)
        self.assertFalse(self.backend._rules())
        other.unlink()
        self.env.invalidate_all()
        rule_ids = [rule_id for rule_id, _conditions in self.backend._rules()]
        self.assertEqual(rule_ids, self.env["ocs.rule"]._of(self.backend).ids)

    def test_cached_rules_take_one_query(self):
        self.env["ocs.rule"].create({"name": "Attic", "location": "Attic"})
        self.assertTrue(self.backend._rules())
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.backend._rules()
            self.backend.sudo()._rules()

    def test_change_that_is_rolled_back(self):
        before = self.backend._rules()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.env["ocs.rule"].create({"name": "Attic", "location": "Attic"})
            self.assertNotEqual(self.backend._rules(), before)
            raise ZeroDivisionError
        self.assertEqual(self.backend._rules(), before)

    def test_transactions_of_one_process(self):
        """Another transaction keeps the rules that it started with."""
        key, before = self.backend.settings_key, self.backend._rules()
        self.env["ocs.rule"].create({"name": "Attic", "location": "Attic"})
        self.assertNotEqual(self.backend._rules(), before)
        self.backend.settings_key = key  # as it is in the other transaction
        self.assertEqual(self.backend._rules(), before)

    def test_categories_of_rules_are_unfolded(self):
        """The first imports would otherwise all write them at the same time."""
        category = self.env["maintenance.equipment.category"].create({"name": "Phones"})
        self.env["ocs.rule"].create({"name": "Phones", "category_id": category.id})
        self.assertTrue(category.fold)
        self.backend._unfold_categories()
        self.assertFalse(category.fold)
