# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .ocs_rule import EFFECTS


# one class for each responsibility of a rule
# pylint: disable=consider-merging-classes-inherited
class OcsRule(models.Model):
    """Rule that applies only to backends of one company.

    Imports run with all rights, whoever wrote the rules. So the limits are those of the
    user who writes a rule: the record rules require that the user has access to the
    company of the backends and to the company that the rule sets. An import only needs
    to check that the rule still applies to its backend.
    """

    _inherit = "ocs.rule"

    backend_company_id = fields.Many2one(
        "res.company",
        string="Company of the Backends",
        compute="_compute_backend_company_id",
        precompute=True,
        store=True,
        readonly=False,
        # a rule must not become one for all companies
        ondelete="restrict",
        index=True,
        help="The rule applies to backends of this company. If empty, it applies to "
        "all companies; only users with access to the settings can write such a rule.",
    )

    @api.depends("backend_ids")
    def _compute_backend_company_id(self):
        for rule in self:
            companies = rule.backend_ids.company_id
            if len(companies) > 1:
                rule.backend_company_id = False
            else:
                rule.backend_company_id = (
                    companies or rule.backend_company_id or self.env.company
                )

    @api.constrains("backend_ids", "backend_company_id")
    def _check_backends(self):
        for rule in self.filtered("backend_company_id"):
            company = rule.backend_company_id
            if not all(self._fits(each, company) for each in rule.backend_ids):
                raise ValidationError(
                    self.env._(
                        "The rule “%(rule)s” is for the company %(company)s, but one "
                        "of its backends belongs to another company. Choose other "
                        "backends, or create a rule for each company.",
                        rule=rule.name,
                        company=company.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_access_to_values()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(EFFECTS):
            self._check_access_to_values()
        return result

    def _check_access_to_values(self):
        """Check that the user has access to the records that the rules set.

        Not a constraint, which has all rights.
        """
        for value in (each for rule in self for each in rule._effects().values()):
            if isinstance(value, models.BaseModel):
                value.check_access("read")

    def _applies_to(self, backend):
        """Return whether the rule applies to the computers of a backend.

        A backend without a company is only concerned if it was chosen, or by a rule for
        all companies.
        """
        self.ensure_one()
        company = self.backend_company_id
        if self.backend_ids:
            is_permitted = not company or self._fits(backend, company)
            return backend in self.backend_ids and is_permitted
        return not company or backend.company_id == company

    def _concerned_backends(self):
        """Return the backends to whose computers these rules apply."""
        # sudo: a rule for all companies concerns backends that the user cannot see
        rules = self.sudo()
        backends = rules.env["ocs.backend"].with_context(active_test=False)
        # Backends are few.
        return backends.search([]).filtered(  # pylint: disable=no-search-all
            lambda backend: any(rule._applies_to(backend) for rule in rules)
        )

    @api.model
    def _of(self, backend):
        """Return the rules for the computers of a backend, in their order."""
        # Rules are few.
        rules = self.search([])  # pylint: disable=no-search-all
        return rules.filtered(lambda rule: rule._applies_to(backend))
