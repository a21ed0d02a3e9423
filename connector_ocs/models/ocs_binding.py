# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class OcsBinding(models.AbstractModel):
    """Common fields of the bindings between OCS and assets.

    Concrete models add ``external_id`` and the unique constraint on it.
    """

    _name = "ocs.binding"
    _inherit = ["external.binding", "ocs.access.mixin", "ocs.export.mixin"]
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
