# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import suppress

from odoo.exceptions import MissingError, UserError
from odoo.tests import new_test_user, tagged

from .common import OcsCase

#: ID of no record.
NONE = 2**31 - 1


@tagged("post_install", "-at_install")
class TestWrongAddresses(OcsCase):
    """The address of a record that does not exist gives Odoo's own message."""

    def models(self):
        """Return the models of the installed addons of this repository."""
        for name in self.env.registry:
            model = self.env[name]
            module = model._original_module or ""
            is_ours = module.startswith(("connector_ocs", "maintenance_equipment_"))
            if (is_ours or name == "maintenance.equipment") and not model._abstract:
                yield model

    def records(self):
        """Yield a record of each model that does not exist, for a manager."""
        user = new_test_user(self.env, "manager", "connector_ocs.group_ocs_manager")
        for model in self.models():
            with self.subTest(model._name):
                self.env.invalidate_all()
                yield model.with_user(user).sudo(model._transient).browse(NONE)

    def test_forms(self):
        for record in self.records():
            names = record.fields_get(attributes=["type"])
            self.assertEqual(record.web_read({name: {} for name in names}), [])

    def test_new_records(self):
        """Also of models of which users create no records."""
        for record in self.records():
            model = record.browse().sudo()
            names = model.fields_get(attributes=["type"])
            with suppress(UserError):
                model.onchange({}, [], {name: {} for name in names})
                self.assertIsInstance(model.new().display_name, str | bool)

    def test_breadcrumbs(self):
        for record in self.records():
            with suppress(MissingError):  # the web client handles this one
                self.assertTrue(record.display_name)
