# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import AccountCase

GROUPS = {
    "user": "connector_ocs.group_ocs_user",
    "technician": "maintenance.group_equipment_manager",
    "follower": "base.group_user",
}


@tagged("post_install", "-at_install")
class TestAccess(AccountCase):
    """Only managers of the company choose what administrative data fills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.backend.company_id
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        values = {"name": "There", "company_id": cls.other_company.id}
        cls.other_backend = cls.backend.copy(values)

    def manager(self, login, companies):
        """Return a new manager who has selected all these companies."""
        return new_test_user(
            self.env,
            login,
            groups="connector_ocs.group_ocs_manager",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            context={"allowed_company_ids": companies.ids},
        )

    def field_of(self, backend):
        return self.env["ocs.account.field"].create(
            {"backend_id": backend.id, "name": "Room", "column": "fields_99"}
        )

    def move_here(self, field, user):
        companies = user.company_ids.ids
        theirs = field.with_user(user).with_context(allowed_company_ids=companies)
        theirs.check_access("write")
        theirs.backend_id = self.backend
        self.env.flush_all()

    def test_users_cannot_press_buttons_of_managers(self):
        field = self.field_of(self.backend)
        for name, group in GROUPS.items():
            user = new_test_user(self.env, f"account_{name}", groups=group)
            for record, method in (
                (self.backend, "action_read_account_fields"),
                (field, "action_map_to_property"),
            ):
                as_user = record.with_user(user)
                with self.subTest(method, who=name), self.assertRaises(AccessError):
                    getattr(as_user, method)()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_nothing_is_moved_to_another_company(self):
        field = self.field_of(self.other_backend)
        stranger = self.manager("stranger", self.other_company)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.move_here(field, stranger)

    def test_who_has_access_to_both_companies_moves_it(self):
        field = self.field_of(self.other_backend)
        both = self.manager("both", self.other_company | self.company)
        self.move_here(field, both)
        self.assertEqual(field.backend_id, self.backend)
