# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo import Command

from ..components.computer_importer import OcsComputerImporter
from .common import OcsCase, ocs_computer


def locked_fields(asset):
    """Return the names of the fields of an asset that imports do not overwrite."""
    bindings = [*asset.ocs_bind_ids, *asset.ocs_monitor_bind_ids]
    return [name for binding in bindings for name in binding._locked_fields()]


class OwnershipCase(OcsCase):
    """Test case with fields that belong to OCS, to Odoo, or to OCS until edited."""

    def setUp(self):
        super().setUp()
        #: values that the configuration sets on each computer
        self.configured = {}
        mapped = OcsComputerImporter._mapped

        def map_and_configure(importer, computer_import):
            return {**mapped(importer, computer_import), **self.configured}

        patcher = mock.patch.object(OcsComputerImporter, "_mapped", map_and_configure)
        patcher.start()
        self.addCleanup(patcher.stop)

    def set_ownership(self, name, ownership):
        """Set the ownership of a field."""
        line = self.backend.ownership_ids.filtered(lambda line: line.name == name)
        if line:
            line.ownership = ownership
            return
        field = self.env["ir.model.fields"]._get("maintenance.equipment", name)
        self.backend.ownership_ids = [
            Command.create({"field_id": field.id, "ownership": ownership})
        ]

    def rename(self, name, external_id=1):
        """Rename a computer in OCS and import it."""
        computer = ocs_computer(hardware={"NAME": name})
        return self.import_computer(external_id, computer, force=True)

    def locked(self, binding):
        """Return the differences on the form: {field: (value in Odoo, OCS value)}."""
        binding.invalidate_recordset()
        return {
            row["name"]: (row["current"], row["ocs_value"])
            for row in binding.odoo_id.ocs_field_differences or []
        }
