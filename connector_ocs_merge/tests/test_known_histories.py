# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.histories.case import HistoryCase
from odoo.addons.connector_ocs.tests.test_known_histories import IMPORT, NEW, change


@tagged("post_install", "-at_install")
class TestKnownHistories(HistoryCase):
    """Regression tests: histories that once left Odoo in a wrong state."""

    def test_three_assets_become_one(self):
        merged = [change("merge"), change("merge"), *IMPORT]
        steps = [change("reinstall"), *IMPORT, change("reinstall"), *IMPORT]
        with self.history() as history:
            history.happen([NEW, *IMPORT, *steps, *merged])
            self.assert_history(history)
            active = history.bindings().filtered("active")
            self.assertEqual(active.odoo_id.id, next(iter(history.assets[1])))
