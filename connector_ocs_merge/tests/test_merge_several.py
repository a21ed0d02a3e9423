# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .merging import MergeCase

MANAGER = "connector_ocs.group_ocs_manager"


@tagged("post_install", "-at_install")
class TestMergeSeveral(MergeCase):
    """Several machines have two assets each: they are merged at once."""

    def setUp(self):
        super().setUp()
        self.fill(3, 4)
        self.three, self.four = (self.binding(each).odoo_id for each in (3, 4))
        self.pairs = []
        for asset in (self.one, self.three):
            asset.mac_addresses = f"00:1B:21:00:00:{asset.ocs_bind_ids.external_id:02}"
            twin = self.create_asset(
                name=asset.name,
                hardware_uuid=asset.hardware_uuid,
                mac_addresses=asset.mac_addresses,
            )
            asset.message_post(body="Repaired.")
            asset.message_post(body="Repaired again.")
            self.pairs.append(asset | twin)
        self.listed = self.pairs[0] | self.pairs[1]

    def batch(self, assets=None):
        action = (assets or self.listed).action_ocs_merge()
        self.assertEqual(action["res_model"], "ocs.merge.batch")
        return self.env["ocs.merge.batch"].browse(action["res_id"])

    def test_reason(self):
        one, twin = self.pairs[0]
        self.assertEqual(
            one.ocs_duplicate_reason,
            f"Same UUID, MAC address as “PC-1” (ID {twin.id})",
        )
        self.assertFalse(self.two.ocs_duplicate_reason)
        self.two.hardware_uuid = one.hardware_uuid
        self.env.invalidate_all()
        self.assertEqual(
            twin.ocs_duplicate_reason,
            f"Same UUID, MAC address as “PC-1” (ID {one.id}); "
            f"Same UUID as “PC-2” (ID {self.two.id})",
        )

    def test_what_tells_them_apart(self):
        one, twin = self.pairs[0]
        binding = one.ocs_bind_ids
        self.assertEqual((one.ocs_origin, twin.ocs_origin), ("1", ""))
        self.assertEqual(one.ocs_last_inventory, binding.last_inventory)
        del self.ocs[1]
        self.import_changed()
        self.assertEqual(one.ocs_origin, "1 (removed)")

    def test_each_pair_is_merged(self):
        batch = self.batch()
        self.assertEqual(batch.wizard_ids.mapped("asset_ids"), self.listed)
        self.assertEqual((batch.clear_count, batch.unclear_count), (2, 0))
        for wizard in batch.wizard_ids:
            self.assertEqual(wizard.reason, "Same UUID, MAC address")
            self.assertIn(f"(ID {wizard.asset_ids[1].id})", wizard.others)
        action = batch.action_merge()
        merges = self.env["ocs.asset.merge"].search(action["domain"])
        self.assertEqual(merges.destination_id, self.one | self.three)
        for asset, twin in self.pairs:
            self.assertTrue(asset.active)
            self.assertFalse(twin.active)
        self.assertFalse(self.listed.ocs_duplicate_ids)

    def test_one_of_each_pair_is_selected(self):
        batch = self.batch(self.one | self.three)
        self.assertEqual(batch.wizard_ids.asset_ids, self.listed)

    def test_one_pair_is_compared(self):
        for selected in (self.one, self.pairs[0]):
            action = selected.action_ocs_merge()
            self.assertEqual(action["res_model"], "ocs.merge.wizard")
            wizard = self.env["ocs.merge.wizard"].browse(action["res_id"])
            self.assertEqual(wizard.asset_ids, self.pairs[0])

    def test_three_assets_of_a_machine(self):
        third = self.create_asset(name="PC", hardware_uuid=self.one.hardware_uuid)
        groups = (self.listed | third)._ocs_duplicate_groups()
        self.assertEqual(groups, [self.pairs[0] | third, self.pairs[1]])

    def test_asset_to_keep_and_pairs_to_merge_are_chosen(self):
        batch = self.batch()
        first, second = batch.wizard_ids
        twin = self.pairs[0] - self.one
        first.destination_id = twin
        second.is_chosen = False
        batch.action_merge()
        self.assertTrue(twin.active)
        self.assertFalse(self.one.active)
        self.assertTrue(all(self.pairs[1].mapped("active")))

    def test_only_clear_pairs_are_merged(self):
        _one, twin = self.pairs[0]
        twin.hardware_uuid = "4C4C4544-0042-3510-8052-B4C04F564E31"
        batch = self.batch()
        unclear = batch.wizard_ids.filtered("problem")
        self.assertEqual((batch.clear_count, batch.unclear_count), (1, 1))
        self.assertIn("UUIDs differ", unclear.problem)
        batch.action_merge()
        self.assertTrue(all(self.pairs[0].mapped("active")))
        self.assertFalse(all(self.pairs[1].mapped("active")))

    def test_pair_is_merged_meanwhile(self):
        batch = self.batch()
        self.merge(*self.pairs[0])
        self.env.invalidate_all()
        batch.action_merge()
        self.assertEqual(self.env["ocs.asset.merge"].search_count([]), 2)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "can be merged now"):
            batch.action_merge()

    def test_queries_of_many_pairs(self):
        """Each pair takes one: whether it has been merged."""

        def count(batch):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.wizard_ids.mapped("problem")
            batch.wizard_ids.mapped("others")
            return self.env.cr.sql_log_count - before

        few = self.batch()
        for asset in (self.two, self.four):
            self.create_asset(name=asset.name, hardware_uuid=asset.hardware_uuid)
        many = self.batch(self.assets | self.three | self.four)
        self.assertEqual((len(few.wizard_ids), len(many.wizard_ids)), (2, 4))
        count(few)
        self.assertLessEqual(count(many), count(few) + 2)

    def test_only_managers_merge(self):
        technician = new_test_user(
            self.env, "merge_technician", groups="maintenance.group_equipment_manager"
        )
        with self.assertRaises(AccessError):
            self.listed.with_user(technician).action_ocs_merge()
        manager = new_test_user(self.env, "merge_manager", groups=MANAGER)
        action = self.listed.with_user(manager).action_ocs_merge()
        batch = self.env["ocs.merge.batch"].with_user(manager)
        batch.browse(action["res_id"]).action_merge()
        self.assertFalse((self.pairs[0] - self.one).active)


@tagged("post_install", "-at_install")
class TestMergedComputer(MergeCase):
    """A computer that was merged is listed with the way to its merge."""

    def test_open_the_merge(self):
        merge = self.merge()
        issue = self.issue(1) | self.issue(2)
        self.assertEqual((issue.reason, issue.status), ("ignored", "none"))
        self.assertFalse(issue.explanation, "Nobody can import it again.")
        self.assertEqual(issue.action_open_merge()["res_id"], merge.id)
        notice = issue.action_import_again()["params"]
        self.assertEqual(notice["title"], "Nothing was changed")


@tagged("post_install", "-at_install")
class TestWhatWasMoved(MergeCase):
    """A merge says in words what it moved."""

    def lines(self, merge):
        return merge.summary.split("\n")

    def test_one_of_each(self):
        self.use(self.two)
        lines = self.lines(self.merge())
        for line in ("1 maintenance request", "1 attachment", "1 activity"):
            self.assertIn(line, lines)
        self.assertIn("1 monitor", lines)

    def test_several(self):
        for _time in range(2):
            self.use(self.two)
        number = len(self.two.message_ids)
        lines = self.lines(self.merge())
        for line in ("2 maintenance requests", "2 attachments", "2 activities"):
            self.assertIn(line, lines)
        self.assertIn(f"{number} messages", lines)

    def test_records_of_other_addons(self):
        """They are called as in their own screens."""
        merge = self.merge()
        merge.sudo().undo = {
            **merge.sudo().undo,
            "moved": [
                {"model": "res.partner", "field": "parent_id", "ids": [1, 2]},
                {"model": "of.a.former.addon", "field": "asset_id", "ids": [1]},
            ],
        }
        self.assertEqual(
            self.lines(merge),
            ["Contact (Related Company): 2", "of.a.former.addon: 1"],
        )

    def test_nothing_was_moved(self):
        merge = self.merge()
        merge.sudo().undo = False
        self.assertEqual(merge.summary, "")

    def test_managers_read_it(self):
        self.use(self.two)
        merge = self.merge()
        self.env.flush_all()
        self.env.invalidate_all()
        manager = new_test_user(self.env, "merge_reader", groups=MANAGER)
        self.assertIn("1 attachment", merge.with_user(manager).summary)
