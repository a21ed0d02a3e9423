# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from hypothesis import given

from odoo.tests import BaseCase, tagged

from odoo.addons.connector_ocs.tests.fuzzing import fuzz, texts

from ..lib import rules


@tagged("post_install", "-at_install")
class TestFuzzRules(BaseCase):
    """Conditions with random values."""

    @fuzz
    @given(texts, texts)
    def test_networks(self, address, text):
        """A condition that the form accepts never fails in an import."""
        networks = rules.split_networks(text)
        try:
            [rules.network(each) for each in networks]
        except ValueError:
            return
        known = rules.facts({"hardware": {"IPADDR": address}})
        for operator in ("in_network", "not_in_network"):
            rules.holds(rules.Condition("ip", operator, networks), known)
