# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsComputerSharedFinder(Component):
    """Finder that knows that merged computers are one machine."""

    _inherit = "ocs.computer.shared.finder"

    def _same_asset(self, external_ids):
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "computer", external_ids
        )
        merged = {each: aliases[each]._binding().external_id for each in aliases}
        return {**super()._same_asset(external_ids), **merged}
