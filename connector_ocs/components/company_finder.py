# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsCompanyFinder(Component):
    """Finder of the company of an asset.

    It is extended by addons whose settings give assets other companies than that of
    the backend.
    """

    _name = "ocs.company.finder"
    _inherit = "ocs.base"
    _apply_on = "ocs.computer.binding"
    _usage = "company.finder"

    def find(self, computer_import):
        """Return the company that the asset of a computer will have.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :return: res.company, empty for an asset of all companies
        """
        return self.default(computer_import.binding)

    def default(self, binding):
        """Return the company of an asset to which the settings give no other one.

        :param binding: binding, empty if it is to be created
        :return: res.company, may be empty
        """
        if binding and (self.is_kept(binding) or self.is_protected(binding)):
            return binding.company_id
        return self.backend_record.company_id

    def configured(self, computer_import):
        """Return the company that the settings give the asset of a computer.

        Imports may update an asset of this company, even if it is not that of the
        backend.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :return: res.company, empty if they give it none
        """
        return self.env["res.company"]

    def is_protected(self, binding):
        """Return whether the import must not change the company of an asset."""
        return self.component(usage="ownership").is_protected(binding, "company_id")

    def is_kept(self, binding):
        """Return whether the vendor of an asset prevents the company of the backend."""
        return not self.fits(binding.partner_id, self.backend_record.company_id)

    def fits(self, record, company):
        """Return whether an asset of a company can refer to a record.

        :param record: record with a ``company_id``; may be empty
        :param company: res.company, empty for an asset of all companies
        """
        return not record.company_id or record.company_id == company
