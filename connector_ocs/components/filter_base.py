# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent


class SkipReason(NamedTuple):
    """Reason why a computer is not imported."""

    #: key of ocs.import.issue.reason, one of its ``_skip_reasons``
    reason: str
    #: sentence: the cause, and what to do about it; '' if the reason says it all
    message: str = ""
    #: ids of maintenance.equipment that a user has to choose from
    candidate_ids: tuple = ()


class OcsImportFilter(AbstractComponent):
    """Filter that decides whether a computer is imported.

    Each filter is a component of its own; the one with the lowest ``_sequence`` is
    checked first.
    """

    _name = "ocs.import.filter"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "import.filter"
    _sequence = 10

    def check(self, computer_import):
        """Return the reason why a computer must not be imported.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`; its
            ``binding`` is empty if the computer has none
        :return: :class:`SkipReason` or None
        """
        raise NotImplementedError
