# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.groups import connected


@tagged("post_install", "-at_install")
class TestConnected(BaseCase):
    """Grouping of related items."""

    def test_table(self):
        for relations, expected in (
            ([], [[1], [2], [3], [4]]),
            ([(2, 4)], [[1], [2, 4], [3]]),
            ([(4, 2), (3, 4)], [[1], [2, 3, 4]]),
            ([(1, 2), (3, 4), (2, 3)], [[1, 2, 3, 4]]),
            ([(4, 3), (3, 2), (2, 1)], [[1, 2, 3, 4]]),
            ([(2, 9), (9, 3)], [[1], [2], [3], [4]]),  # others are ignored
            ([(2,), ()], [[1], [2], [3], [4]]),
        ):
            with self.subTest(relations=relations):
                self.assertEqual(connected([1, 2, 3, 4], relations), expected)
