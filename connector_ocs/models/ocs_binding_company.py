# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Fields that decide which asset an import writes to.
LINK_FIELDS = frozenset(("backend_id", "external_id", "odoo_id"))


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsBinding(models.AbstractModel):
    """Binding that links only what whoever writes it has access to.

    Imports run with all rights. They write an asset if it belongs to the company of the
    backend, to none, or to the company in which its import was approved: a user who has
    access to both companies, or an import according to the settings gave it that one.
    """

    _inherit = "ocs.binding"

    approved_company_id = fields.Many2one(
        "res.company",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="base.group_system",
        help="Company, other than that of the backend, in which imports may update the "
        "asset: the settings or a user with access to both companies set it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            vals_list = [self._with_approval(vals) for vals in vals_list]
        bindings = super().create(vals_list)
        bindings._check_link()
        return bindings

    def write(self, vals):
        result = super().write(vals)
        if "backend_id" in vals:
            # sudo: users may not write it; it was approved for the former backend
            self.sudo().approved_company_id = False
        if not LINK_FIELDS.isdisjoint(vals):
            self._check_link()
        return result

    @api.model
    def _with_approval(self, vals):
        """Return the values of a binding, with the company that its new asset gets."""
        if "odoo_id" in vals or not vals.get("company_id"):
            return vals
        return {"approved_company_id": vals["company_id"], **vals}

    def _check_link(self):
        """Check that the user has access to both ends, and that they belong together.

        :raises AccessError: the user may not write the backend or the asset
        :raises ValidationError: the asset belongs to another company
        """
        if self.env.su:  # an import decides itself, see ``_of_other_company``
            return
        self.backend_id.check_access("write")
        self.odoo_id.check_access("write")
        if self._of_other_company():
            raise ValidationError(
                self.env._(
                    "The asset does not belong to the company of the backend. Change "
                    "the company of the asset first."
                )
            )

    def _of_other_company(self):
        """Return those whose asset belongs to a company that imports must not write."""
        # sudo: users may not read which company was approved
        return self.filtered(
            lambda each: (
                each.odoo_id.company_id
                and each.odoo_id.company_id
                not in each.sudo().approved_company_id
                | each.sudo().backend_id.company_id
            )
        )

    def _approve_company(self, user):
        """Have imports update assets in the company that they have now.

        :param user: res.users who chose it; empty for an import
        """
        for binding in self:
            company = binding.odoo_id.company_id
            both = company | binding.backend_id.company_id
            if not user or both <= user.company_ids:
                binding.approved_company_id = company
