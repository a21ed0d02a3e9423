# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsLookup(AbstractComponent):
    """Base of components that search the database for what imports need.

    A search is made for all computers that are looked up together, see
    ``lib/computer_import.py``. Its results stay valid for a computer unless another one
    is related to it: each component says what relates computers.
    """

    _name = "ocs.lookup"
    _inherit = ["base.synchronizer", "ocs.base"]

    def conflicts(self, computer_import):
        """Return whether a computer is related to records other than its own asset.

        It is then imported separately from the others of a chunk, in its turn.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        """
        return False

    def claims(self, computer_import):
        """Return all old and new values that only one asset, or monitor, may have.

        Computers that claim the same value are imported one after the other.

        :return: set of str
        """
        return set()

    def _look_up(self, computer_import, search):
        """Return what a search of this component finds for a computer.

        :param search: method, see ``ComputerImport.look_up``
        """
        return computer_import.look_up((self._name, search.__name__), search)
