# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user

from .common import OcsCase


class CompaniesCase(OcsCase):
    """Test case with two companies; ``self.backend`` belongs to the first one."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.backend.company_id
        cls.other_company = cls.env["res.company"].create({"name": "Other"})


class TrustCase(CompaniesCase):
    """Test case with two companies, each with a backend and a manager.

    ``self.backend``, whose OCS is ``self.ocs``, belongs to the first one.
    """

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_backend = cls.backend.copy(
            {
                "name": "OCS of the other",
                "company_id": cls.other_company.id,
                "version": "2.9.1",
            }
        )
        cls.manager = cls.create_manager("manager_here", cls.company)
        cls.stranger = cls.create_manager("manager_there", cls.other_company)
        cls.both = cls.create_manager("manager_of_both", cls.company, cls.other_company)

    @classmethod
    def create_manager(cls, login, company, *others, groups=""):
        """Create a manager of OCS who has access to some companies."""
        companies = company.concat(company, *others)
        return new_test_user(
            cls.env,
            login,
            groups=f"connector_ocs.group_ocs_manager{groups}",
            company_id=company.id,
            company_ids=[(6, 0, companies.ids)],
        )

    def as_user(self, record, user):
        """Return a record as a user sees it who has selected all their companies."""
        companies = (user.company_id | user.company_ids).ids
        return record.with_user(user).with_context(allowed_company_ids=companies)
