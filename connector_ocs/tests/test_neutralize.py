# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command
from odoo.modules import neutralize
from odoo.tests import tagged

from ..lib.runs import OPEN, UNFINISHED
from .test_chunks import ChunkCase


@tagged("post_install", "-at_install", "neutralize")
class TestNeutralize(ChunkCase):
    """A neutralized copy of a database does nothing to OCS."""

    def neutralize(self):
        self.env.flush_all()
        neutralize.neutralize_database(self.env.cr)
        self.env.invalidate_all()

    def test_backends(self):
        """They are archived, and have no password any more."""
        self.backend.write({"password": "secret"})
        other = self.backend.copy({"password_variable": "OCS_TEST_PASSWORD"})
        archived = self.backend.copy({"password": "secret", "active": False})
        self.neutralize()
        for backend in self.backend | other | archived:
            self.assertFalse(backend.active)
            self.assertFalse(backend.has_password or backend.password_variable)

    def test_runs_and_jobs(self):
        """Nothing is left to do, and the run says why."""
        run = self.scan(*range(1, 8))
        jobs = self.jobs()
        started = self.jobs("pending", "import_chunk")[0]
        started.state = "started"
        done = jobs - self.jobs(None, "import_chunk", "import_record", "close")
        done.write({"state": "done"})
        self.neutralize()
        self.assertNotIn(run.state, OPEN)
        self.assertEqual(run.state, "cancelled")
        self.assertTrue(run.date_end)
        self.assertIn("neutralized", run.message)
        self.assertFalse(jobs.filtered(lambda job: job.state in UNFINISHED))
        self.assertEqual(started.state, "cancelled")
        self.assertIn("neutralized", started.result)
        self.assertTrue(started.date_cancelled)
        self.assertEqual(set(done.mapped("state")), {"done"})

    def test_finished_runs_are_kept(self):
        run = self.import_changed()
        ended = run.date_end
        self.neutralize()
        self.assertEqual((run.state, run.date_end), ("done", ended))
        self.assertFalse(run.message)

    def test_jobs_of_other_addons_are_kept(self):
        run = self.scan(*range(1, 8))
        other = self.jobs("pending")[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET model_name = 'res.partner', ocs_run_id = NULL"
            " WHERE id = %s",
            (other.id,),
        )
        self.neutralize()
        self.assertEqual((other.state, run.state), ("pending", "cancelled"))

    def test_requests_for_approval(self):
        """They are deleted with their runs; what users planned is kept."""
        run = self.scan(*range(1, 8))
        run._wait_for_approval(7, "May it?")
        self.backend._request_approval(run)
        planned = self.backend.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.env.uid
        )
        planned.automated = False
        self.neutralize()
        self.assertEqual(run.state, "cancelled")
        self.assertEqual(self.backend.activity_ids, planned)

    def test_scheduled_actions(self):
        crons = self.env["ir.model.data"].search(
            [("module", "=", "connector_ocs"), ("model", "=", "ir.cron")]
        )
        crons = self.env["ir.cron"].browse(crons.mapped("res_id"))
        self.assertGreater(len(crons), 2)
        crons.active = True
        (query,) = neutralize.get_neutralization_queries(["connector_ocs"])
        self.env.flush_all()
        self.env.cr.execute(query)  # without that of Odoo itself
        self.env.invalidate_all()
        self.assertFalse(any(crons.mapped("active")))

    def test_locked_fields(self):
        """Archived backends lock nothing."""
        self.ocs[1] = self.machine(1)
        self.import_changed()
        field = self.env["ir.model.fields"]._get("maintenance.equipment", "name")
        self.backend.ownership_ids = [
            Command.clear(),
            Command.create({"field_id": field.id, "ownership": "until_edited"}),
        ]
        binding = self.binding(1)
        binding.odoo_id.name = "Edited"
        self.assertTrue(binding.has_locked_fields)
        self.neutralize()
        self.assertFalse(binding.has_locked_fields)
