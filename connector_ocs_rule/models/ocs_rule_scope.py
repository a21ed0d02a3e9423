# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OcsRuleScope(models.AbstractModel):
    """Mixin of rules that apply only to backends of one company.

    Imports run with all rights, whoever wrote the rules. So the limits are those of the
    user who writes a rule: the record rules require that the user has access to the
    company of the backends and to the company that the rule sets. An import only needs
    to check that the rule still applies to its backend.
    """

    _name = "ocs.rule.scope"
    _description = "Backends That an OCS Rule Applies To (abstract)"

    backend_ids = fields.Many2many(
        "ocs.backend",
        string="Backends",
        # a rule for an archived backend must not become a rule for all
        context={"active_test": False},
        help="Backends to whose computers the rule applies. If empty, it applies to "
        "all backends of the company.",
    )
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
            if rule.backend_ids.company_id - company:
                raise ValidationError(
                    self.env._(
                        "The rule “%(rule)s” is for the company %(company)s, but one "
                        "of its backends belongs to another company. Choose other "
                        "backends, or create a rule for each company.",
                        rule=rule.name,
                        company=company.name,
                    )
                )

    def _applies_to(self, backend):
        """Return whether the rule applies to the computers of a backend.

        A backend without a company is only concerned if it was chosen, or by a rule for
        all companies.
        """
        self.ensure_one()
        company = self.backend_company_id
        if self.backend_ids:
            is_permitted = not company or backend.company_id <= company
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
