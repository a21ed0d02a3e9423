# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
from unittest import mock

from odoo.tests import tagged

from .tours import TourCase


@tagged("post_install", "-at_install")
class TestTours(TourCase):
    """Browser tests, on a real OCS database."""

    def test_import(self):
        self.insert_computer(1, "PC-1", MEMORY=20480)
        self.insert("bios", HARDWARE_ID=1, SSN="To Be Filled By O.E.M.")
        for capacity in (8192, 8192, 4096, 0):
            self.insert("memories", HARDWARE_ID=1, CAPACITY=capacity)
        self.insert("monitors", HARDWARE_ID=1, CAPTION="P2419H", SERIAL="CN0ABC123")
        self.insert_computer(2, "PC-2")
        self.insert_computer(3, "PC-3", ARCHIVE=1)
        self.start_tour("/odoo", "connector_ocs_import")

    def test_retry(self):
        self.insert_computer(1, "PC-1")
        self.env["ocs.import.issue"]._record(
            self.backend, 1, "failed", name="PC-1", message="The reason."
        )
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_import_issue_action",
            "connector_ocs_not_imported",
        )
        self.assertTrue(self.binding(1))
        self.assertFalse(self.issue(1))

    def test_preview(self):
        """A user sees what an import would do, and then imports."""
        self.insert_computer(1, "PC-1", MEMORY=8192)
        self.import_all()
        self.sql("UPDATE hardware SET MEMORY = 16384")
        self.insert_computer(2, "PC-2")
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action", "connector_ocs_preview"
        )
        self.assertEqual(self.binding(1).memory_mb, 16384)
        self.assertTrue(self.binding(2))

    def test_approval(self):
        self.insert_computer(1, "PC-1")
        self.insert_computer(2, "PC-2")
        self.import_all()
        self.backend.approval_minimum = 0
        self.sql("DELETE FROM hardware")
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_approval",
        )
        for external_id in (1, 2):
            binding = self.env["ocs.computer.binding"]._find(self.backend, external_id)
            self.assertEqual(binding.removal_action, "archive")

    def test_stop(self):
        for number in range(1, 5):
            self.insert_computer(number, f"PC-{number}")
        self.backend.write({"chunk_threshold": 4, "chunk_size": 2})
        with mock.patch.dict(os.environ):
            del os.environ["QUEUE_JOB__NO_DELAY"]
            self.backend._start_run("schedule")
            run = self.backend.last_run_id
            run.scan()
            self.assertEqual(len(run._jobs(["pending"])), 4)
            self.start_tour(
                "/odoo/action-connector_ocs.ocs_backend_action",
                "connector_ocs_stop",
            )
        self.assertEqual(run.state, "cancelled")
        self.assertFalse(run._jobs(["pending"]))
