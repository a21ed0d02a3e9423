# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from .gate import Refusal


class OcsMergedGate(Component):
    """Keeps a computer whose asset was merged from making another one."""

    _name = "ocs.merged.gate"
    _inherit = "ocs.import.gate"
    _sequence = 1

    def check(self, computer, binding):
        external_id = computer["external_id"]
        if binding or self.lookups.is_nothing("alias", external_id):
            return None
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "computer", [external_id]
        )
        if external_id not in aliases:
            return None
        return Refusal("ignored", aliases[external_id]._explain())
