# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command


class RulesRightsMixin:
    """Mixin with a record of each model of this addon."""

    addon = "connector_ocs_rule"
    shared = ()

    def create_records(self, company):
        records = super().create_records(company)
        rule = self.env["ocs.rule"].create(
            {
                "name": "Paris",
                "backend_ids": [Command.set(records["ocs.backend"].ids)],
                "location": "Paris",
                "condition_ids": [Command.create({"fact": "tag", "value": "Paris"})],
            }
        )
        return {**records, "ocs.rule": rule, "ocs.rule.condition": rule.condition_ids}

    def _wizard_values(self, wizards, company):
        mine = {"backend_id": self.records[company]["ocs.backend"].id}
        if wizards._name == "ocs.rule.explanation":
            return mine
        wizard = wizards.env["ocs.rule.explanation"].create(mine)
        return {"explanation_id": wizard.id, "kind": "fact"}
