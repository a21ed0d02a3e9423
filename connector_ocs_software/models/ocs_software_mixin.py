# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models
from odoo.fields import Domain
from odoo.orm.utils import SQL_OPERATORS
from odoo.tools import SQL

#: Installations that count, without those of archived computers.
IN_USE = [("equipment_id.active", "=", True)]


class OcsSoftwareMixin(models.AbstractModel):
    """Count of the computers that have a title or version.

    The count is not stored because jobs that import computers at the same time would
    have to wait for each other to update it: many computers have the same titles.
    """

    _name = "ocs.software.mixin"
    _inherit = "ocs.export.mixin"
    _description = "Software With Computers (abstract)"

    #: field of ocs.software.installation that refers to the model
    _installed_as = ""

    computer_count = fields.Integer(
        string="Computers",
        compute="_compute_computer_count",
        search="_search_computer_count",
        help="Number of computers with this software, excluding archived ones.",
    )

    def _compute_computer_count(self):
        groups = self.env["ocs.software.installation"]._read_group(
            [(self._installed_as, "in", self.ids), *IN_USE],
            [self._installed_as],
            ["equipment_id:count_distinct"],
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.computer_count = counts.get(record.id, 0)

    def _search_computer_count(self, operator, value):
        # the ORM passes sets, but SQL needs tuples
        value = tuple(value) if operator in ("in", "not in") else value

        def to_sql(model, alias, query):
            count = model._computer_count_sql(alias, query)
            return SQL("%s%s%s", count, SQL_OPERATORS[operator], value)

        return Domain.custom(to_sql=to_sql)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name == "computer_count":
            return SQL("%s %s", self._computer_count_sql(alias, query), direction)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def _computer_count_sql(self, alias, query):
        """Return SQL for the number of computers, which counts all rows at once.

        :param alias: alias of the table of this model
        :param query: Query to which the counts are joined
        :return: SQL
        """
        counted = self.env["ocs.software.installation"]._search(IN_USE)
        counted.groupby = SQL.identifier(counted.table, self._installed_as)
        equipment = SQL.identifier(counted.table, "equipment_id")
        numbers = counted.select(
            SQL("%s AS id", counted.groupby),
            SQL("COUNT(DISTINCT %s) AS computers", equipment),
        )
        counts = query.left_join(alias, "id", SQL("(%s)", numbers), "id", "computers")
        return SQL("COALESCE(%s, 0)", SQL.identifier(counts, "computers"))

    def action_view_computers(self):
        """Open the list of the assets with this software."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "maintenance.hr_equipment_action"
        )
        path = f"ocs_installation_ids.{self._installed_as}"
        return {**action, "domain": [(path, "in", self.ids)], "context": {}}

    def action_view_installations(self):
        """Open the list of the installations."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs_software.ocs_software_installation_action"
        )
        return {**action, "domain": [(self._installed_as, "in", self.ids)]}
