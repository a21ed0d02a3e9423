# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Test of the translations of any addon of this repository."""

from io import BytesIO
from tempfile import NamedTemporaryFile

import polib

from odoo.tests import TransactionCase
from odoo.tools.translate import TranslationImporter, trans_export


class TranslationsCase(TransactionCase):
    """The addon that the class is a test of can be translated.

    Whether its .pot is up to date is no question: the OCA's bot writes it.
    """

    allow_inherited_tests_method = True

    def test_terms_are_exported_and_translations_loaded(self):
        terms = self._exported()
        self.assertTrue(terms)
        for term in terms:
            term.msgstr = f"{term.msgid} (fr)"
        self.env["res.lang"]._activate_lang("fr_FR")
        importer = TranslationImporter(self.env.cr, verbose=False)
        with NamedTemporaryFile(suffix=".po") as file:
            terms.save(file.name)
            importer.load(file, "po", "fr_FR", module=self.test_module)
        self.assertTrue(
            importer.model_translations or importer.model_terms_translations
        )
        importer.save(overwrite=True)

    def _exported(self):
        """Return the terms of the addon as the bot exports them."""
        exported = BytesIO()
        trans_export(None, [self.test_module], exported, "po", self.env)
        return polib.pofile(exported.getvalue().decode())
