# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import OcsCase

from ..hooks import post_init_hook


@tagged("post_install", "-at_install")
class TestHooks(OcsCase):
    """Ownership of the fields of HR on the backends."""

    def line(self, backend):
        lines = backend.ownership_ids
        return lines.filtered(lambda line: line.name == "ocs_owner_user_id")

    def test_new_backend(self):
        backend = self.env["ocs.backend"].create(
            {"name": "New", "host": "new.invalid", "user": "u", "version": "2.9.1"}
        )
        self.assertEqual(self.line(backend).ownership, "until_edited")

    def test_existing_backend(self):
        self.line(self.backend).unlink()
        post_init_hook(self.env)
        self.assertEqual(self.line(self.backend).ownership, "until_edited")
