# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, Form, tagged

from ..lib import tags
from .common import ocs_computer
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestTagPatterns(BaseCase):
    """Lines of the lists, without a database."""

    def test_tag_patterns(self):
        for tag, text, expected in (
            ("Paris", "Paris", "Paris"),
            ("paris", "PARIS", "PARIS"),
            ("Paris", "Lyon\n  Paris  \n", "Paris"),
            ("Paris 2", "Paris", ""),
            ("Paris 2", "Par*", "Par*"),
            ("Paris 2", "*2", "*2"),
            ("Paris 2", "P*s*", "P*s*"),
            ("P.ris", "P.r*", "P.r*"),
            ("Paris", "P.r*", ""),
            ("", "*", "*"),
            ("", "\n\n", ""),
            ("NA", "na", "na"),
            ("Paris", False, ""),
        ):
            with self.subTest(tag=tag, text=text):
                self.assertEqual(tags.find(tag, text), expected)


@tagged("post_install", "-at_install")
class TestTagLists(RunCase):
    """Lists of TAGs to include and to exclude."""

    def setUp(self):
        super().setUp()
        for external_id, tag in ((1, "Paris"), (2, "Lyon"), (3, "NA")):
            self.ocs[external_id] = ocs_computer(
                hardware={
                    "NAME": f"PC-{external_id}",
                    "DEVICEID": f"PC-{external_id}-2024-01-15-10-00-00",
                    "UUID": "",
                },
                accountinfo={"TAG": tag},
            )

    def imported(self):
        """Return the IDs of the computers that are bound and not skipped."""
        return [
            number
            for number in self.ocs
            if self.binding(number) and not self.issue(number)
        ]

    def test_include_and_exclude(self):
        for include, exclude, expected in (
            ("", "", [1, 2, 3]),
            ("paris", "", [1]),
            ("P*\nlyon", "", [1, 2]),
            ("", "NA", [1, 2]),
            ("*", "p*", [2, 3]),
            ("Paris", "Paris", []),
            ("", "", [1, 2, 3]),
        ):
            with self.subTest(include=include, exclude=exclude):
                self.backend.write({"tag_include": include, "tag_exclude": exclude})
                self.import_changed()
                self.assertEqual(self.imported(), expected)

    def test_form(self):
        with Form(self.backend) as form:
            form.tag_include, form.tag_exclude = "*", "NA"
        self.import_changed()
        self.assertEqual(self.imported(), [1, 2])

    def test_messages(self):
        self.backend.tag_exclude = "na"
        self.backend.tag_include = "Paris"
        self.import_changed()
        self.assertEqual(self.issue(3).reason, "tag")
        self.assertIn("“NA” matches the line “na”", self.issue(3).message)
        self.assertIn("“Lyon” is not on the list", self.issue(2).message)

    def test_computer_without_tag(self):
        self.ocs[1]["accountinfo"]["TAG"] = ""
        self.backend.tag_include = "Paris"
        self.import_changed()
        self.assertEqual(self.issue(1).reason, "tag")

    def test_asset_is_kept_and_updated_again(self):
        self.import_changed()
        asset = self.binding(2).odoo_id
        self.backend.tag_exclude = "Lyon"
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.import_changed()
        self.assertEqual(asset.name, "PC-2")
        self.assertTrue(asset.active)
        self.assertEqual(self.binding(2).skip_reason, "tag")
        self.ocs[2]["accountinfo"]["TAG"] = "Nantes"
        self.import_changed()
        self.assertEqual(asset.name, "RENAMED")
        self.assertFalse(self.binding(2).skip_reason)

    def test_skipped_is_not_read_again(self):
        self.import_changed()
        self.backend.tag_include = "Paris"
        self.assertEqual(self.import_changed().job_count, 3)
        run = self.import_changed()
        self.assertEqual(run.job_count, 0)
        self.assertEqual(run.skipped, {"tag": 2})
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.assertEqual(self.import_changed().job_count, 1)

    def test_unchanged_lists(self):
        self.import_changed()
        self.backend.write({"tag_include": False, "tag_exclude": ""})
        self.assertEqual(self.import_changed().job_count, 0)

    def test_section_is_required(self):
        section = self.env.ref("connector_ocs.section_accountinfo")
        self.backend.tag_include = "Paris"
        with self.assertRaisesRegex(ValidationError, "TAG section"):
            self.backend.section_ids -= section
        self.backend.tag_include = False
        self.backend.section_ids -= section
        with self.assertRaisesRegex(ValidationError, "TAG section"):
            self.backend.tag_exclude = "Paris"

    def test_missing_column(self):
        """Bound computers are still imported; new ones are not, to be safe."""
        self.ocs.pop(3)
        self.import_changed()
        self.backend.tag_exclude = "Lyon"
        self.ocs[3] = ocs_computer(hardware={"NAME": "New"})
        for computer in self.ocs.values():
            computer["accountinfo"] = {}
        self.import_changed()
        self.assertEqual(self.imported(), [1, 2])
        self.assertIn("The TAG of this computer cannot be read", self.issue(3).message)
