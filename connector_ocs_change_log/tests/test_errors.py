# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from odoo.addons.connector_ocs.lib import errors

from ..error_messages import change_log_message_key


@tagged("post_install", "-at_install")
class TestErrors(BaseCase):
    """Keys of the messages about errors of the change log."""

    def test_what_passes_by_itself(self):
        for code in errors.TRANSIENT:
            with self.subTest(code=code):
                self.assertIsNone(change_log_message_key(code))

    def test_a_replica_stays_one(self):
        for code in (1036, 1290, 1792, 1836, 1874):
            with self.subTest(code=code):
                self.assertEqual(change_log_message_key(code), "read_only")
