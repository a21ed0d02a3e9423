# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsSharedFinder(AbstractComponent):
    """Finder of the values that several computers in OCS report.

    A run calls each finder once, before it enqueues any import, so that imports decide
    the same in any order. Each kind of value has its own component.
    """

    _name = "ocs.shared.finder"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "shared.finder"
    _sequence = 10

    def run(self):
        """Update ocs.shared.identifier, and have this run import whom it concerns.

        They are requested with ``ocs.computer.binding._request_import``.
        """
        raise NotImplementedError
