# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .test_shared_finder import SHARED, SharedFinderCase


@tagged("post_install", "-at_install")
class TestOwnerOfOneMachine(SharedFinderCase):
    """The older row of a machine, unless it is not imported."""

    def report_machine(self, *tags, exclude="Scrap"):
        """Let one machine report under the IDs 1 and 2, and import."""
        self.backend.tag_exclude = exclude
        for number, tag in enumerate(tags, 1):
            self.ocs[number] = self.machine(
                number,
                hardware={"UUID": "4C4C4544-0042-3510-8052-0000000000AA"},
                accountinfo={"TAG": tag},
                **self.alike,
            )
        return self.import_changed()

    def assert_settled(self):
        self.assertEqual(self.import_changed().job_count, 0)

    def test_older_row_is_excluded(self):
        self.report_machine("Scrap", "Paris")
        self.assertFalse(self.binding(1))
        self.assertEqual(self.serials(2), [SHARED])
        self.assertFalse(self.binding(2).warnings)
        self.assert_settled()

    def test_other_row_is_excluded(self):
        """The list of TAGs is changed; the asset keeps its serial number."""
        self.report_machine("Scrap", "Paris")
        self.backend.tag_exclude = "Paris"
        self.import_changed()
        self.assertEqual(self.serials(1, 2), [False, SHARED])
        self.assert_settled()

    def test_both_rows_were_excluded(self):
        """The list of TAGs is changed: one run is enough."""
        for tag, number in (("Scrap", 2), ("Paris", 1)):
            with self.subTest(tag), self.env.cr.savepoint() as savepoint:
                self.report_machine("Scrap", "Paris", exclude="Scrap\nParis")
                self.assertFalse(self.binding(1) or self.binding(2))
                self.backend.tag_exclude = tag
                self.import_changed()
                self.assertEqual(self.serials(number), [SHARED])
                self.assert_settled()
                savepoint.rollback()

    def test_older_row_gets_another_tag(self):
        self.report_machine("Scrap", "Paris")
        self.report_machine("Paris", "Paris")
        self.assertEqual(self.serials(2), [SHARED])
        self.assert_settled()
