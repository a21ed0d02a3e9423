# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import OcsCase, ocs_computer


class OwnershipCase(OcsCase):
    """Computers whose fields belong to OCS, to Odoo, or to OCS until edited."""

    def own(self, name, ownership):
        """Say to whom a field belongs."""
        line = self.backend.ownership_ids.filtered(lambda line: line.name == name)
        field = self.env["ir.model.fields"]._get("maintenance.equipment", name)
        if line:
            line.ownership = ownership
        else:
            self.backend.ownership_ids = [
                (0, 0, {"field_id": field.id, "ownership": ownership})
            ]

    def rename(self, name, external_id=1):
        """Import a computer with the name that OCS gives it now."""
        return self.import_computer(
            external_id, ocs_computer(hardware={"NAME": name}), force=True
        )


@tagged("post_install", "-at_install")
class TestOwnership(OwnershipCase):
    """What an import writes, and what it leaves to people."""

    def play(self, ownership, *steps):
        """:return: name of the asset after each step: ("ocs" or "person", name)"""
        self.own("name", ownership)
        names = []
        for who, name in steps:
            if who == "ocs":
                self.rename(name)
            else:
                self.binding(1).odoo_id.name = name
            names.append(self.binding(1).name)
        return names

    def test_story(self):
        steps = (
            ("ocs", "A"),
            ("ocs", "B"),
            ("person", "mine"),
            ("ocs", "B"),
            ("ocs", "C"),
            ("person", "C"),
            ("ocs", "C"),
            ("ocs", "D"),
        )
        for ownership, names in (
            ("ocs", ["A", "B", "mine", "B", "C", "C", "C", "D"]),
            ("odoo", ["A", "A", "mine", "mine", "mine", "C", "C", "C"]),
            ("until_edited", ["A", "B", "mine", "mine", "mine", "C", "C", "D"]),
        ):
            with self.subTest(ownership), self.env.cr.savepoint() as savepoint:
                self.assertEqual(self.play(ownership, *steps), names)
                savepoint.rollback()
