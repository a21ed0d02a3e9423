# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ocs_computer, ocs_monitor
from .trust import TrustCase


class LinkCase(TrustCase):
    """Test case with an asset here, and a computer and a monitor there."""

    def setUp(self):
        super().setUp()
        assets = self.env["maintenance.equipment"]
        self.victim = assets.create({"name": "Here", "company_id": self.company.id})
        there = {"company_id": self.other_company.id}
        self.theirs = assets.create({"name": "There", **there})
        self.their_monitor = assets.create({"name": "Monitor there", **there})
        backend = {"backend_id": self.other_backend.id}
        self.computer = self.env["ocs.computer.binding"].create(
            {"external_id": 7, "odoo_id": self.theirs.id, **backend}
        )
        self.monitor = self.env["ocs.monitor.binding"].create(
            {"external_id": "ABC", "odoo_id": self.their_monitor.id, **backend}
        )
        self.env.flush_all()

    def assert_refused(self, *changes):
        for number, change in enumerate(changes):
            with self.subTest(number), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    change()
                    self.env.flush_all()


@tagged("post_install", "-at_install")
class TestTrustLinks(LinkCase):
    """A link is written only by who has access to its backend and its asset."""

    def test_links_are_not_rewritten(self):
        for binding in (self.computer, self.monitor):
            theirs = self.as_user(binding, self.stranger)
            new_asset = {"name": "New", "company_id": self.company.id}
            self.assert_refused(
                lambda theirs=theirs: theirs.write({"odoo_id": self.victim.id}),
                lambda theirs=theirs: theirs.write({"backend_id": self.backend.id}),
                lambda theirs=theirs: theirs.write(
                    {"approved_company_id": self.company.id}
                ),
                lambda theirs=theirs: call_kw(
                    theirs.browse(),
                    "web_save",
                    [theirs.ids, {"odoo_id": self.victim.id}],
                    {"specification": {}},
                ),
                lambda theirs=theirs: theirs.create(
                    {
                        "external_id": 9,
                        "backend_id": self.other_backend.id,
                        "odoo_id": self.victim.id,
                    }
                ),
                lambda theirs=theirs, asset=new_asset: theirs.create(
                    {"external_id": 9, "backend_id": self.other_backend.id, **asset}
                ),
                lambda theirs=theirs: theirs.create(
                    {
                        "external_id": 9,
                        "backend_id": self.backend.id,
                        "odoo_id": self.theirs.id,
                    }
                ),
            )
            self.assertNotEqual(binding.odoo_id, self.victim)

    def test_links_are_not_rewritten_from_the_asset(self):
        theirs = self.as_user(self.theirs, self.stranger)
        mine = self.env["ocs.computer.binding"].create(
            {
                "external_id": 8,
                "backend_id": self.backend.id,
                "odoo_id": self.victim.id,
            }
        )
        line = {"external_id": 9, "backend_id": self.backend.id}
        self.assert_refused(
            lambda: theirs.write({"ocs_bind_ids": [(4, mine.id)]}),
            lambda: theirs.write({"ocs_bind_ids": [(0, 0, line)]}),
            lambda: theirs.write(
                {"ocs_bind_ids": [(1, self.computer.id, {"odoo_id": self.victim.id})]}
            ),
        )

    def test_companies_of_both_ends_must_agree(self):
        binding = self.as_user(self.computer, self.both)
        self.assert_refused(
            lambda: binding.write({"odoo_id": self.victim.id}),
            lambda: binding.write({"backend_id": self.backend.id}),
        )

    def test_manager_links_within_the_company(self):
        another = self.theirs.copy({"name": "Another"})
        shared = self.theirs.copy({"name": "Shared", "company_id": False})
        binding = self.as_user(self.computer, self.stranger)
        for asset in (another, shared):
            binding.odoo_id = asset.id
            self.assertEqual(self.computer.odoo_id, asset)
        binding.external_id = 70
        self.assertEqual(self.computer.external_id, 70)


@tagged("post_install", "-at_install")
class TestTrustImport(LinkCase):
    """An import writes no asset of a company that nobody approved."""

    def setUp(self):
        super().setUp()
        self.imported = self.import_computer(
            1, ocs_computer(monitors=[ocs_monitor("CN0ABC123")])
        )
        self.asset = self.imported.odoo_id

    def relink(self):
        """Link the computer to an asset of the other company, as no user can."""
        self.imported.odoo_id = self.theirs.copy({"name": "Victim"})
        self.imported.flush_recordset()
        return self.imported.odoo_id

    def assert_listed(self):
        issue = self.issue(1)
        self.assertEqual(issue.reason, "company")
        self.assertIn("access to both companies", issue.message)

    def test_asset_of_another_company_is_not_written(self):
        victim = self.relink()
        self.import_computer(1, ocs_computer(hardware={"NAME": "EVIL"}), force=True)
        self.assertEqual(
            (victim.name, victim.company_id), ("Victim", self.other_company)
        )
        self.assertFalse(victim.memory_mb)
        self.assert_listed()

    def test_it_is_neither_archived_nor_unarchived(self):
        victim = self.relink()
        self.ocs[1]["hardware"]["ARCHIVE"] = 1
        self.import_computer(1, force=True)
        self.assert_listed()
        del self.ocs[1]
        self.imported._mark_removed()
        self.import_computer(1)
        self.assertTrue(victim.active)
        self.assert_listed()

    def test_chunk(self):
        victim = self.relink()
        other = ocs_computer(hardware={"NAME": "PC-2", "DEVICEID": "PC-2", "UUID": ""})
        self.ocs[1]["hardware"]["NAME"] = "EVIL"
        self.ocs[2] = other
        model = self.env["ocs.computer.binding"]
        model.import_chunk(self.backend, [1, 2], force=True)
        self.assertEqual(victim.name, "Victim")
        self.assertEqual(self.binding(2).name, "PC-2")
        self.assert_listed()

    def test_backend_of_another_company(self):
        self.imported.backend_id = self.other_backend
        self.imported.flush_recordset()
        self.backend = self.other_backend
        self.import_computer(1, ocs_computer(hardware={"NAME": "EVIL"}), force=True)
        self.assertEqual((self.asset.name, self.asset.company_id), ("PC", self.company))
        self.assert_listed()

    def test_moved_to_the_company_of_the_backend(self):
        victim = self.relink()
        self.import_computer(1, force=True)
        self.assert_listed()
        self.as_user(victim, self.both).company_id = self.company
        self.assertEqual(self.issue(1).import_request, "company")
        self.import_computer(1)
        self.assertEqual(victim.memory_mb, 8192)
        self.assertFalse(self.issue(1))

    def test_user_of_both_companies_moves_an_asset(self):
        self.as_user(self.asset, self.both).company_id = self.other_company
        self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        self.assertEqual(self.asset.name, "RENAMED")
        self.assertEqual(self.asset.company_id, self.other_company)

    def test_user_of_one_company_moves_an_asset(self):
        self.as_user(self.asset, self.manager).company_id = self.other_company
        self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        self.assertEqual(self.asset.name, "PC")
        self.assert_listed()

    def test_monitor_of_another_company_is_not_written(self):
        monitor = self.asset.monitor_ids.ocs_monitor_bind_ids
        victim = self.their_monitor.copy({"name": "Victim"})
        monitor.odoo_id = victim
        self.import_computer(
            1, ocs_computer(monitors=[ocs_monitor("CN0ABC123")]), force=True
        )
        self.assertEqual(victim.name, "Victim")
        self.assertFalse(victim.computer_id)
        self.assertIn("another company", self.imported.warnings)
