# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .runs import RunCase


@tagged("post_install", "-at_install")
class TestClosing(RunCase):
    """The last import of a run starts the job that closes it."""

    def setUp(self):
        super().setUp()
        self.ocs = {number: self.machine(number) for number in (1, 2)}
        self.backend.action_import_changed()
        self.perform_jobs("scan")
        self.run_record = self.last_run()
        self.closing = self.jobs("pending", "close")
        self.assertFalse(self.perform(self.closing))

    def commit(self):
        """Run what waits for the commit of this transaction."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.env.invalidate_all()

    def test_last_import(self):
        for job in self.jobs("pending", "import_record"):
            self.commit()
            self.assertTrue(self.closing.eta)
            self.perform(job)
        self.commit()
        self.assertFalse(self.closing.eta)
        self.perform(self.closing)
        self.assertEqual(self.run_record.state, "done")

    def test_last_import_fails(self):
        imports = self.jobs("pending", "import_record")
        for state in ("cancelled", "failed"):
            imports[-1:].state = state
            imports = imports[:-1]
        self.commit()
        self.assertFalse(self.closing.eta)

    def test_last_import_is_retried(self):
        """The job that closes the run does not wait longer than the import."""
        first, last = self.jobs("pending", "import_record")
        first.state = "done"
        last.state = "started"
        last.write({"state": "pending", "eta": self.closing.eta})
        self.commit()
        self.assertTrue(self.closing.eta)
        self.perform(last)
        self.commit()
        self.assertFalse(self.closing.eta)

    def test_imports_finish_while_the_closing_job_runs(self):
        """The import finds no waiting job, which is postponed afterwards."""
        eta = self.closing.eta
        self.closing.write({"state": "started", "eta": False})
        self.jobs("pending", "import_record").state = "done"
        self.commit()
        self.closing.write({"state": "pending", "eta": eta})
        self.commit()
        self.assertFalse(self.closing.eta)

    def test_changes_to_acknowledge(self):
        """They are acknowledged after the commit, even if nothing is imported."""
        self.jobs("pending").unlink()
        self.run_record.state = "scanning"
        self.run_record._finish_scan(acknowledge=True)
        self.assertEqual(self.run_record.state, "importing")
        self.perform(self.jobs("pending", "close"))
        self.assertEqual(self.run_record.state, "done")

    def test_changes_to_acknowledge_without_delay(self):
        self.jobs("pending").unlink()
        run = self.run_record.with_context(queue_job__no_delay=True)
        run.state = "scanning"
        run._finish_scan(acknowledge=True)
        self.assertEqual(run.state, "done")

    def test_chunks(self):
        """A chunk that is split into jobs of its computers does not end the run."""
        chunk = self.jobs("pending", "import_record")[:1]
        (self.jobs("pending", "import_record") - chunk).state = "done"
        model = self.env["ocs.computer.binding"]
        model._enqueue_import(self.backend, 9, run=self.run_record)
        chunk.state = "done"
        self.commit()
        self.assertTrue(self.closing.eta)
