# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo import api, fields, models


class OcsAssetMergeSummary(models.AbstractModel):
    """Summary of the records that a merge has moved, in words."""

    _name = "ocs.asset.merge.summary"
    _inherit = "ocs.undo.mixin"
    _description = "Summary of a Merge (abstract)"

    summary = fields.Text(
        string="What Was Moved",
        compute="_compute_summary",
        help="Records that the kept asset got from the merged assets.",
    )

    @api.depends("undo")
    @api.depends_context("lang")
    def _compute_summary(self):
        for merge in self:
            numbers = Counter()
            # sudo: users cannot read the data that undoes a merge
            for link in merge.sudo().undo.get("moved", []) if merge.sudo().undo else []:
                numbers[link["model"], link["field"]] += len(link["ids"])
            merge.summary = "\n".join(
                self._describe_moved(*link, number) for link, number in numbers.items()
            )

    @api.model
    def _describe_moved(self, model, field, number):
        """Return a number of records in words.

        :param model: name of the model of the records
        :param field: name of their field that refers to an asset
        :return: text, such as “3 messages”
        """
        nouns = self._moved_nouns().get((model, field))
        if nouns:
            return nouns[0] if number == 1 else nouns[1] % number
        return self.env._(
            "%(records)s: %(number)s",
            records=self._describe_link(model, field),
            number=number,
        )

    @api.model
    def _moved_nouns(self):
        """Return how one record, and several ones, are called.

        :return: dict {(model, field): (text, text with a place for the number)}
        """
        return {
            ("mail.message", "res_id"): (
                self.env._("1 message"),
                self.env._("%s messages"),
            ),
            ("mail.activity", "res_id"): (
                self.env._("1 activity"),
                self.env._("%s activities"),
            ),
            ("mail.followers", "res_id"): (
                self.env._("1 follower"),
                self.env._("%s followers"),
            ),
            ("ir.attachment", "res_id"): (
                self.env._("1 attachment"),
                self.env._("%s attachments"),
            ),
            ("maintenance.request", "equipment_id"): (
                self.env._("1 maintenance request"),
                self.env._("%s maintenance requests"),
            ),
            ("maintenance.equipment", "computer_id"): (
                self.env._("1 monitor"),
                self.env._("%s monitors"),
            ),
            ("maintenance.equipment.connection", "computer_id"): (
                self.env._("1 monitor in the history of the computer"),
                self.env._("%s monitors in the history of the computer"),
            ),
            ("maintenance.equipment.connection", "monitor_id"): (
                self.env._("1 computer in the history of the monitor"),
                self.env._("%s computers in the history of the monitor"),
            ),
        }

    @api.model
    def _describe_link(self, model, field):
        """Return the labels of a model and its field, as users know them."""
        if model not in self.env or field not in self.env[model]._fields:
            return model  # its addon was uninstalled
        label = self.env["ir.model"].sudo()._get(model).name  # sudo: names only
        if self.env[model]._fields[field].type == "many2one_reference":
            return label
        of = self.env[model]._fields[field]._description_string(self.env)
        return f"{label} ({of})"
