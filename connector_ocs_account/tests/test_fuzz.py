# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Pure functions with random values: they never raise, and keep what they promise."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.connector_ocs.lib import values
from odoo.addons.connector_ocs.tests.fuzzing import fuzz, texts

from ..lib import account

DATES = st.sampled_from(("", *account.DATE_ORDERS))


@tagged("post_install", "-at_install")
class TestFuzzParsers(BaseCase):
    """Administrative data."""

    @fuzz
    @given(st.sampled_from((*account.KINDS.values(), "number")), texts, DATES)
    def test_account(self, kind, text, order):
        try:
            content = account.read(kind, values.clean_text(text), {}, order)
            account.as_text(content.value)
        except account.Unusable:
            return
        self.assertNotIn("<b>", account.as_html(content.value))
        for convert in (account.as_number, account.as_integer, account.as_boolean):
            try:
                convert(content.value)
            except account.Unusable:
                continue
