# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .trust import TrustCase


@tagged("post_install", "-at_install")
class TestTrustSettings(TrustCase):
    """Settings, backends and what belongs to them stay within their company."""

    def settings(self):
        """Return records of a manager, each with a wider value of a field."""
        backend, wider = self.other_backend, self.backend.id
        issue = self.env["ocs.import.issue"]._record(backend, 5, "failed")
        run = self.env["ocs.import.run"].create(
            {"backend_id": backend.id, "origin": "button", "state": "done"}
        )
        shared = self.env["ocs.shared.identifier"].create(
            {"backend_id": backend.id, "field": "ocs_serial", "value": "X1234567"}
        )
        asset = self.env["maintenance.equipment"].create(
            {"name": "There", "company_id": self.other_company.id}
        )
        here = self.env["maintenance.equipment"].create(
            {"name": "Here", "company_id": self.company.id}
        )
        component = self.env["maintenance.equipment.component"].create(
            {"equipment_id": asset.id, "kind": "disk", "name": "Disk"}
        )
        connection = self.env["maintenance.equipment.connection"].create(
            {"monitor_id": asset.id, "date_from": "2026-01-15 10:00:00"}
        )
        return [
            (backend, {"company_id": self.company.id}),
            (issue, {"backend_id": wider}),
            (run, {"backend_id": wider}),
            (shared, {"backend_id": wider}),
            (backend.matching_key_ids[0], {"backend_id": wider}),
            (backend.ownership_ids[0], {"backend_id": wider}),
            (component, {"equipment_id": here.id}),
            (connection, {"monitor_id": here.id}),
        ]

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_nothing_is_moved_to_another_company(self):
        self.backend.matching_key_ids.unlink()
        self.backend.ownership_ids.unlink()
        for record, values in self.settings():
            with self.subTest(record._name, values=values):
                theirs = self.as_user(record, self.stranger)
                theirs.check_access("write")
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    theirs.write(values)
                    self.env.flush_all()

    def test_who_has_access_to_both_companies_moves_it(self):
        self.backend.matching_key_ids.unlink()
        self.backend.ownership_ids.unlink()
        for record, values in self.settings()[1:]:
            with self.subTest(record._name, values=values):
                self.as_user(record, self.both).write(values)
