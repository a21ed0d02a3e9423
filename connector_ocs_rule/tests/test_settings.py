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
