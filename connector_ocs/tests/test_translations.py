# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from io import BytesIO
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

POT = Path(__file__).resolve().parents[1] / "i18n" / "connector_ocs.pot"


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """Translators see every sentence of the addon."""

    def test_pot_is_up_to_date(self):
        exported = BytesIO()
        trans_export(None, ["connector_ocs"], exported, "po", self.env)
        terms = {entry.msgid for entry in polib.pofile(exported.getvalue().decode())}
        known = {entry.msgid for entry in polib.pofile(str(POT))}
        self.assertEqual(terms, known, "run `make docs`")
