# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What the tests of every addon of this repository say of its translations."""

from io import BytesIO

import polib

from odoo.tests import TransactionCase
from odoo.tools import file_path
from odoo.tools.translate import trans_export


class TranslationsCase(TransactionCase):
    """Translators see every sentence of the addon that the class is a test of."""

    allow_inherited_tests_method = True

    def test_pot_is_up_to_date(self):
        addon, exported = self.test_module, BytesIO()
        trans_export(None, [addon], exported, "po", self.env)
        terms = {entry.msgid for entry in polib.pofile(exported.getvalue().decode())}
        known = {entry.msgid for entry in polib.pofile(self._pot(addon))}
        self.assertEqual(terms, known, "run `make docs`")

    def _pot(self, addon):
        return file_path(f"{addon}/i18n/{addon}.pot")
