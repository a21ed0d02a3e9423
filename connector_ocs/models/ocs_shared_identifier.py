# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class OcsSharedIdentifier(models.Model):
    """Value that several computers in OCS report, or have reported.

    It is remembered: once different machines had a value, it identifies none of them.
    """

    _name = "ocs.shared.identifier"
    _inherit = ["ocs.access.mixin", "ocs.export.mixin"]
    _description = "Identifier Shared by OCS Computers"
    _order = "backend_id, field, value"
    _rec_name = "value"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    field = fields.Selection(
        [
            ("ocs_serial", "Serial number"),
            ("board_serial", "Board serial number"),
            ("hardware_uuid", "UUID"),
            ("mac_addresses", "MAC address"),
            ("monitor", "Serial number of a monitor"),
        ],
        string="Identifier",
        required=True,
        readonly=True,
    )
    value = fields.Char(
        required=True,
        readonly=True,
        help="Value without the differences in case, blanks, dashes or byte order "
        "between the ways in which computers report it.",
    )
    external_ids = fields.Json(
        string="Reported By",
        readonly=True,
        help="IDs in OCS of the computers that report the value.",
    )
    reporter_count = fields.Integer(
        string="Computers",
        compute="_compute_reporter_count",
        aggregator=None,
        help="Number of computers in OCS that report the value.",
    )
    owner_id = fields.Integer(
        string="Used By",
        readonly=True,
        aggregator=None,
        help="ID in OCS of the only computer whose asset may have this serial number. "
        "0 if none may have it.",
    )
    digest = fields.Char(
        readonly=True,
        help="Digest of these computers. If it changes, it is decided again who may "
        "use the value.",
    )
    is_shared = fields.Boolean(
        string="Several Machines",
        readonly=True,
        help="Different machines have reported this value. It does not identify a "
        "machine.",
    )

    _value_uniq = models.Constraint(
        "UNIQUE(backend_id, field, value)", "This value is already listed."
    )

    @api.depends("external_ids")
    def _compute_reporter_count(self):
        for identifier in self:
            identifier.reporter_count = len(identifier.external_ids or ())

    def action_view_computers(self):
        """Open the computers that report these values."""
        ids = {each for record in self for each in record.external_ids or ()}
        return dict(
            self.env["ir.actions.act_window"]._for_xml_id(
                "connector_ocs.ocs_computer_binding_action"
            ),
            domain=[
                ("backend_id", "in", self.backend_id.ids),
                ("external_id", "in", sorted(ids)),
            ],
            context={"active_test": False},
        )

    def _is_reserved(self, external_id):
        """Return whether another computer, or none, may have this serial number.

        :param external_id: int, hardware.ID
        """
        return bool(self.external_ids) and self.owner_id != external_id

    @api.model
    def _find(self, backend, field, values):
        """Return what is known about some values.

        :param field: see :attr:`field`
        :param values: collection of str, in normal form
        :return: dict {value: record}, without values of which nothing is known
        """
        found = self.search(
            [
                ("backend_id", "=", backend.id),
                ("field", "=", field),
                ("value", "in", list(values)),
            ]
        )
        return {each.value: each for each in found}

    @api.model
    def _remember(self, backend, pairs):
        """Remember values that different machines have reported.

        :param pairs: collection of pairs of a field and a value in normal form
        """
        new = set(pairs) - backend._blacklist().shared
        for field, value in sorted(new):
            known = self._find(backend, field, [value]).get(value)
            if known:
                known.is_shared = True
            else:
                self.create(
                    {
                        "backend_id": backend.id,
                        "field": field,
                        "value": value,
                        "is_shared": True,
                    }
                )

    @api.model
    def _decide_again(self, backends):
        """Have the next run decide again who may use the serial numbers.

        :param backends: ocs.backend
        """
        # sudo: whoever changes what decides it
        self.sudo()._undecided(backends, "!=").write({"digest": False})

    @api.model
    def _undecided(self, backends, operator="="):
        """Return the serial numbers that several computers report, if undecided."""
        return self.search(
            [
                ("backend_id", "in", backends.ids),
                ("field", "=", "ocs_serial"),
                ("external_ids", "!=", False),
                ("digest", operator, False),
            ]
        )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.filtered("is_shared")._renew_settings()
        return records

    def write(self, vals):
        changed = self.filtered(lambda each: each.is_shared != vals.get("is_shared"))
        result = super().write(vals)
        if "is_shared" in vals:
            changed._renew_settings()
        return result

    def unlink(self):
        backends = self.filtered("is_shared").backend_id
        result = super().unlink()
        backends._renew_settings()
        return result

    def _renew_settings(self):
        """Have imports use the new values at once, see ``ocs.backend._settings``."""
        # sudo: whoever starts the import
        self.backend_id.sudo()._renew_settings()
