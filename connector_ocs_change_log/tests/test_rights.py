# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import OcsCase
from odoo.addons.connector_ocs.tests.rights import OTHER, RightsMixin
from odoo.addons.connector_ocs.tests.rights_case import RightsTableMixin

WIZARD = "ocs.change.log.wizard"


@tagged("post_install", "-at_install")
class TestRights(RightsTableMixin, OcsCase):
    """Who may what in this addon."""

    addon = "connector_ocs_change_log"

    def _wizard_values(self, wizards, company):
        if wizards._name != WIZARD:
            return super()._wizard_values(wizards, company)
        backend = self.records[company]["ocs.backend"]
        return {"backend_id": backend.id, "action": "remove"}

    def test_users_cannot_press_buttons_of_managers(self):
        backend = self.records["A"]["ocs.backend"].with_user(self.users["OCS user"])
        for action in ("check", "install", "repair", "remove"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(backend, f"action_{action}_change_log")()


@tagged("post_install", "-at_install")
class TestOtherManager(RightsMixin, OcsCase):
    """A manager of company B uses the wizard in ways that no button offers."""

    def setUp(self):
        super().setUp()
        self.manager = self.users[OTHER]
        self.backend = self.records["A"]["ocs.backend"]

    def test_wizard_is_redirected(self):
        wizards = self.env[WIZARD].with_user(self.manager)
        wizard = wizards.create({"backend_id": self.records["B"]["ocs.backend"].id})
        with self.assertRaises(AccessError):
            wizard.write({"backend_id": self.backend.id, "action": "remove"})
            wizard.action_run()
        self.assertFalse(self.connect.called)

    def test_wizard_has_lost_its_record_rule(self):
        """The method checks the access itself."""
        self.env.ref(
            "connector_ocs_change_log.ocs_change_log_wizard_rule_company"
        ).unlink()
        wizards = self.env[WIZARD].with_user(self.manager)
        wizard = wizards.create({"backend_id": self.backend.id, "action": "remove"})
        for method in ("action_run", "action_download", "_script"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(wizard, method)()
        with self.assertRaises(AccessError):
            wizard.read(["preview", "sql_file"])
        self.assertFalse(self.connect.called)
