# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent


class SkipReason(NamedTuple):
    """Why a computer is not imported."""

    #: key of ocs.import.issue.reason, one of its SKIP_REASONS
    reason: str
    #: sentence: what it comes from, and the remedy
    message: str
    #: ids of maintenance.equipment that a person has to choose from
    candidate_ids: tuple = ()


class OcsImportFilter(AbstractComponent):
    """Decides whether a computer of OCS is imported.

    Each gate is a component of its own; the one with the lowest ``_sequence`` is
    asked first.
    """

    _name = "ocs.import.filter"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "import.filter"
    _sequence = 10

    def check(self, computer, binding):
        """Why a computer must not be imported.

        :param computer: nested dict, see ``ocs.computer.adapter``; its hardware.ID
            under "external_id"
        :param binding: its binding, empty when it has none
        :return: :class:`SkipReason` or None
        """
        raise NotImplementedError
