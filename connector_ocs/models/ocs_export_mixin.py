# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

from ..lib.spreadsheets import as_text


class OcsExportMixin(models.AbstractModel):
    """Records with text from OCS, which an export to a spreadsheet must not run.

    Whoever can run an OCS agent decides what a computer reports. Odoo neutralizes
    formulas in CSV files, but not in XLSX files.
    """

    _name = "ocs.export.mixin"
    _description = "Export of Text From OCS (abstract)"

    def export_data(self, fields_to_export):
        exported = super().export_data(fields_to_export)
        rows = [[as_text(value) for value in row] for row in exported["datas"]]
        return {**exported, "datas": rows}
