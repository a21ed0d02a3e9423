# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.connector_ocs.tests.test_trust_links import LinkCase


@tagged("post_install", "-at_install")
class TestTrustMerge(LinkCase):
    """Only who has access to all the assets and backends merges."""

    def test_merge_leaves_other_backends_alone(self):
        shared = self.env["maintenance.equipment"].create(
            [{"name": name, "company_id": False} for name in ("One", "Two")]
        )
        for backend, asset in zip(
            (self.other_backend, self.backend), shared, strict=True
        ):
            self.env["ocs.computer.binding"].create(
                {"external_id": 9, "odoo_id": asset.id, "backend_id": backend.id}
            )
        merges = self.as_user(self.env["ocs.asset.merge"], self.stranger)
        self.assert_refused(lambda: merges._merge(shared[0], shared[1]))
        merge = self.as_user(merges, self.both)._merge(shared[0], shared[1])
        self.assert_refused(lambda: self.as_user(merge, self.stranger).action_undo())
        self.as_user(merge, self.both).action_undo()
        self.assertEqual(merge.state, "undone")


@tagged("post_install", "-at_install")
class TestTrustMergeWizard(LinkCase):
    """The merge wizard reveals nothing about assets of another company."""

    def test_assets(self):
        wizard = self.env["ocs.merge.wizard"].create({})
        wizards = self.as_user(wizard, self.stranger)
        own = wizards.create({"asset_ids": [(6, 0, self.theirs.ids)]})
        self.assertIn(self.theirs.name, own.comparison)
        self.assert_refused(
            lambda: wizards.create({"asset_ids": [(6, 0, self.victim.ids)]}),
            lambda: wizards.create({"destination_id": self.victim.id}),
        )
        hidden = wizard.create({"asset_ids": [(6, 0, self.victim.ids)]})
        batch = self.env["ocs.merge.batch"].create({"wizard_ids": [(4, hidden.id)]})
        self._give(hidden | wizard, batch)
        self.assertNotIn(hidden, wizards.search([]))
        batches = self.as_user(batch, self.stranger)
        self.assertNotIn(batch, batches.search([]))
        self.assert_refused(
            lambda: wizards.browse(hidden.id).read(["comparison"]),
            lambda: batches.read(["wizard_ids"]),
        )

    def _give(self, *wizards):
        """Make the user the creator of wizards: only their company is in the way."""
        self.env.flush_all()
        for each in wizards:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_uid = %s WHERE id IN %s",
                    SQL.identifier(each._table),
                    self.stranger.id,
                    each._ids,
                )
            )
        self.env.invalidate_all()
