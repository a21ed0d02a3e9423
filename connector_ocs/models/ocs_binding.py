# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Fields that decide which asset an import writes to.
LINK_FIELDS = frozenset(("backend_id", "external_id", "odoo_id"))


class OcsBinding(models.AbstractModel):
    """Common fields of the bindings between OCS and assets.

    Concrete models add ``external_id`` and the unique constraint on it.
    """

    _name = "ocs.binding"
    _inherit = [
        "ocs.binding.ownership",
        "external.binding",
        "ocs.access.mixin",
        "ocs.export.mixin",
    ]
    _description = "OCS Binding (abstract)"

    sync_date = fields.Datetime(string="Last Change Imported", readonly=True)
    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="restrict"
    )
    odoo_id = fields.Many2one(
        "maintenance.equipment",
        string="Equipment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    match_reason = fields.Char(
        readonly=True,
        help="Reason why this asset was linked to OCS.",
    )
    matched_on = fields.Datetime(string="Linked On", readonly=True)
    ocs_serial = fields.Char(
        string="Serial Number in OCS",
        readonly=True,
        index="btree_not_null",
        help="Serial number as stored in OCS. It becomes the serial number of the "
        "asset unless it is a placeholder or belongs to another asset.",
    )
    approved_company_id = fields.Many2one(
        "res.company",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="base.group_system",
        help="Company, other than that of the backend, in which imports may update the "
        "asset: the settings or a user with access to both companies set it.",
    )

    @api.model
    def _add_missing_default_values(self, values):
        """Leave out the properties of an existing asset.

        Odoo adds defaults for the properties of the category in ``values``, even if
        the asset exists: without a category, it would empty them all.
        """
        completed = super()._add_missing_default_values(values)
        if "odoo_id" not in values:
            return completed
        added = completed.keys() - values.keys()
        unwanted = {
            name
            for name in added
            if self._fields[name].inherited and self._fields[name].type == "properties"
        }
        return {name: completed[name] for name in completed if name not in unwanted}

    @api.model
    def _matched(self, reason):
        """Return the values that record why an asset was linked.

        :param reason: sentence
        :return: dict of values of the binding
        """
        return {"match_reason": reason, "matched_on": fields.Datetime.now()}

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

    @api.model
    def _describe_other_company(self):
        """Return why an import does not write an asset, and what to do about it."""
        return self.env._(
            "The asset belongs to another company than the backend. Move it to the "
            "company of the backend, or have a user who has access to both companies "
            "set the company of the asset."
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
