# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import format_list

from ..lib.identity import FIELDS

#: Default keys in their order. The name is off, as it is often reused when a machine
#: is replaced.
DEFAULT_KEYS = {
    "device_id": True,
    "serial": True,
    "board_serial": True,
    "uuid": True,
    "mac": True,
    "name": False,
}


class OcsMatchingKey(models.Model):
    """Key that matches new computers in OCS with assets."""

    _name = "ocs.matching.key"
    _inherit = "ocs.setting"
    _description = "OCS Matching Key"
    _order = "backend_id, sequence, id"
    _rec_name = "key"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    key = fields.Selection(
        [
            ("device_id", "Device ID of the OCS agent"),
            ("serial", "Serial number"),
            ("board_serial", "Board serial number"),
            ("uuid", "UUID"),
            ("mac", "All MAC addresses"),
            ("name", "Computer name"),
        ],
        string="Match By",
        required=True,
        help="The name is disabled by default because it is often reused when a "
        "machine is replaced.",
    )
    active = fields.Boolean(string="Enabled", default=True)

    _key_uniq = models.Constraint(
        "UNIQUE(backend_id, key)", "A backend can use each key only once."
    )

    @api.model
    def _defaults(self):
        """:return: list of dict, the lines of a new backend"""
        return [
            {"key": key, "active": active, "sequence": 10 * position}
            for position, (key, active) in enumerate(DEFAULT_KEYS.items(), 1)
        ]

    @api.model_create_multi
    def create(self, vals_list):
        keys = super().create(vals_list)
        keys.backend_id._request_ambiguous("settings")
        return keys

    def write(self, vals):
        result = super().write(vals)
        self.backend_id._request_ambiguous("settings")
        return result

    def unlink(self):
        backends = self.backend_id
        result = super().unlink()
        backends.exists()._request_ambiguous("settings")
        return result

    def _field(self):
        """Return the name of the field of a binding that holds the value."""
        return FIELDS[self.key]

    @api.model
    def _describe(self, field, value):
        """Return a value as a part of a sentence.

        :param field: one of the values of FIELDS
        """
        return {
            "device_id": self.env._("the device ID “%s” of the OCS agent", value),
            "ocs_serial": self.env._("the serial number “%s”", value),
            "board_serial": self.env._("the board serial number “%s”", value),
            "hardware_uuid": self.env._("the UUID “%s”", value),
            "mac_addresses": self.env._("the MAC addresses %s", value),
            "name": self.env._("the computer name “%s”", value),
        }[field]

    @api.model
    def _describe_fields(self, names):
        """Return the names of values as a part of a sentence.

        :param names: collection of keys of ``lib.identity.EVIDENCE``
        """
        labels = {
            "device_id": self.env._("device ID"),
            "ocs_serial": self.env._("serial number"),
            "board_serial": self.env._("board serial number"),
            "hardware_uuid": self.env._("UUID"),
            "mac_addresses": self.env._("MAC address"),
            "name": self.env._("name"),
            "manufacturer": self.env._("manufacturer"),
            "model": self.env._("model"),
        }
        return format_list(self.env, [labels[name] for name in names])

    @api.model
    def _describe_all(self, identity):
        """Return several values as a part of a sentence.

        :param identity: dict {field of a binding: value}
        """
        return ", ".join(self._describe(*each) for each in identity.items())
