# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs_rule.lib.accounts import account_names, local_part


class OcsOwnerFinder(Component):
    """Owner finder that returns the employee of an OCS user."""

    _inherit = "ocs.owner.finder"

    def find(self, user_id, company):
        """Return the employee of the user, or else the one with the same work email.

        :return: hr.employee; res.users if the user is not an employee or if several
            users match
        """
        users = super().find(user_id, company)
        if len(users) > 1:
            return users
        owner = self.of_user(users, company)
        if owner and owner._name == "hr.employee":
            return owner
        employees = self.env["hr.employee"]
        for name in account_names(user_id):
            employees |= self._employees(name, company)
        return employees.filtered(lambda each: not each.user_id or not users) or users

    def of_user(self, user, company):
        """Return the employee of a user in a company, or else the user."""
        if not user:
            return user
        # without a company, use the employee in the user's own company
        company = company or user.company_id
        employee = self.env["hr.employee"].search(
            [("user_id", "=", user.id), ("company_id", "=", company.id)], limit=1
        )
        return employee or user

    def _employees(self, name, company):
        """Return employees by work email, or else by its part before the @."""
        domain = self._same_account("work_email", name)
        if company:
            domain &= self._of_company("company_id", company)
        employees = self.env["hr.employee"].search(domain)
        same = employees.filtered(lambda each: each.work_email.lower() == name)
        local = local_part(name)
        return same or employees.filtered(
            lambda each: local_part(each.work_email) == local
        )
