# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsComputerBatchImporter(AbstractComponent):
    """Detector that knows the change log, whether it uses it or not."""

    _inherit = "ocs.computer.batch.importer"

    def _note_changes(self):
        result = super()._note_changes()
        if self.backend_record._has_change_log():
            log = self.component(usage="change.log", model_name="ocs.backend")
            self.work.run.change_log_range = log.pending_range()
        return result
