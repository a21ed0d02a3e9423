# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.fields import Domain
from odoo.tools import escape_psql

from odoo.addons.component.core import Component

from ..lib.accounts import account_names, local_part


class OcsOwnerFinder(Component):
    """Finder of the Odoo user behind a user in OCS."""

    _name = "ocs.owner.finder"
    _inherit = "ocs.base"
    _apply_on = "ocs.computer.binding"
    _usage = "owner.finder"

    def find(self, user_id, company):
        """Find the owner of the asset that a user in OCS uses.

        :param user_id: hardware.USERID, such as 'EXAMPLE\\\\jdoe'
        :param company: res.company that the owner must belong to; empty: any
        :return: res.users; empty if nobody was found, several if it is ambiguous
        """
        found = self.env["res.users"]
        for name in account_names(user_id):
            found |= self._users(name, company)
        return found

    def of_user(self, user, company):
        """Return the owner of an asset for which a rule names a user.

        :return: record
        """
        return user

    def _users(self, name, company):
        """Return the internal users with the login, or with its part before the @."""
        domain = self._same_account("login", name)
        domain &= Domain("active", "=", True) & Domain("share", "=", False)
        if company:
            domain &= self._of_company("company_ids", company)
        users = self.env["res.users"].search(domain)
        local = local_part(name)
        for fits in (
            lambda login: login == name,
            lambda login: login == local,
            lambda login: local_part(login) == local,
        ):
            # exact: the database may ignore accents
            found = users.filtered(lambda user, fits=fits: fits(user.login.lower()))
            if found:
                return found
        return users.browse()

    def _same_account(self, field, name):
        """Return the domain of records that may have an account; accents may differ.

        :param field: name of a field with a login or an email address
        """
        local = escape_psql(local_part(name))
        accounts = {escape_psql(name), local, f"{local}@%"}
        return Domain.OR(Domain(field, "=ilike", each) for each in sorted(accounts))

    def _of_company(self, field, company):
        return Domain(field, "in", company.ids)
