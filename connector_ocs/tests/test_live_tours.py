# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
from unittest import mock

from odoo.tests import tagged

from odoo.addons.queue_job.job import Job

from .tours import TourCase


@tagged("post_install", "-at_install")
class TestLiveTours(TourCase):
    """Forms that move by themselves."""

    def perform_all(self, jobs):
        """Perform jobs, as a job runner does, which there is none of in tests."""
        for record in jobs:
            job = Job.load(record.env, record.uuid)
            job.perform()
            job.set_done()
            job.store()

    def test_live(self):
        for number in range(1, 5):
            self.insert_computer(number, f"PC-{number}")
        jobs = type(self.env["queue.job"])
        with (
            mock.patch.dict(os.environ),
            mock.patch.object(jobs, "button_done", self.perform_all),
        ):
            del os.environ["QUEUE_JOB__NO_DELAY"]
            self.backend._start_run("schedule")
            self.backend.last_run_id.scan()
            issues = self.env["ocs.import.issue"]
            for number in (8, 9):
                issues._record(self.backend, number, "ambiguous", name=f"PC-{number}")
            self.start_tour(
                "/odoo/action-connector_ocs.ocs_backend_action", "connector_ocs_live"
            )
