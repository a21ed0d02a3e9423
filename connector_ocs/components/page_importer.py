# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsComputerPageImporter(Component):
    """Makes the assets of many computers what OCS says."""

    _name = "ocs.computer.page.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "page.importer"

    def run(self, external_ids, force=False):
        """Import some computers.

        :param external_ids: ascending list of int (hardware.ID)
        :param force: compare every value, even if OCS says what it said last
        :return: sentence for the job's result
        """
        for external_id in external_ids:
            importer = self.component(usage="record.importer")
            importer.run(external_id, force=force)
        return self.env._("%s computers are imported.", len(external_ids))
