# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.tours import TourCase


@tagged("post_install", "-at_install")
class TestMergeTour(TourCase):
    """Browser tests of merging, on a real OCS database."""

    def test_merge_and_undo(self):
        for external_id, name in ((1, "PC-OLD"), (2, "PC-NEW")):
            self.insert_computer(external_id, name)
            self.insert("bios", HARDWARE_ID=external_id, SSN="5CG0001XYZ")
        self.import_all()
        old, new = (self.binding(number).odoo_id for number in (1, 2))
        old.message_post(body="Repaired.")
        self.start_tour(
            "/odoo/action-connector_ocs_merge.ocs_duplicates_action",
            "connector_ocs_merge",
        )
        merge = self.env["ocs.asset.merge"].search([("destination_id", "=", old.id)])
        self.assertEqual(merge.state, "undone")
        self.assertTrue(new.active)

    def test_merge_several(self):
        """Each pair by itself, and only those that clearly are one machine."""
        for number in (1, 2, 3):
            for external_id, uuid in ((number, 1), (number + 10, number // 3 * 9 + 1)):
                self.insert_computer(
                    external_id,
                    f"PC-{external_id}",
                    UUID=f"4C4C4544-0042-3510-80{number}2-B4C04F564E{uuid:02}",
                )
                self.insert("bios", HARDWARE_ID=external_id, SSN=f"5CG000{number}XYZ")
        self.import_all()
        self.start_tour(
            "/odoo/action-connector_ocs_merge.ocs_duplicates_action",
            "connector_ocs_merge_several",
        )
        kept = self.env["ocs.asset.merge"].search([]).destination_id
        self.assertEqual(set(kept.mapped("name")), {"PC-1", "PC-2"})

    def test_ignored_computer_takes_over(self):
        """The ID that remains is read from OCS."""
        for external_id in (1, 2, 3):
            self.insert_computer(external_id, f"PC-{external_id}")
        self.import_all()
        one, two = (self.binding(number).odoo_id for number in (1, 2))
        self.env["ocs.asset.merge"]._merge(one, two)
        bound_id = one.ocs_bind_ids.external_id
        self.sql("DELETE FROM hardware WHERE ID = %s", bound_id)
        self.import_all()
        self.assertEqual({bound_id, one.ocs_bind_ids.external_id}, {1, 2})
        self.assertTrue(one.active)
