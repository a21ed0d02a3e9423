# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Runs whose jobs are performed one after the other, as the job runner does."""

from contextlib import contextmanager
from unittest import mock

from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

from ..components.computer_adapter import OcsComputerAdapter
from .adding_up import differences
from .common import OcsCase, ocs_computer


class RunMixin:
    """Mixin for runs whose jobs are stored, performed, postponed and failed."""

    def import_changed(self, origin="schedule", force=False):
        """Start a run and perform all its jobs.

        :return: the run
        """
        self.backend._start_run(origin, force=force)
        self.perform_jobs()
        run = self.last_run()
        if run.state in ("done", "importing"):
            self.assertEqual(differences(run), [])
        return run

    def last_run(self):
        return self.env["ocs.import.run"].search(
            [("backend_id", "=", self.backend.id)], limit=1
        )

    def perform_jobs(self, *methods):
        """Perform the pending jobs until none is left or OCS does not answer.

        :param methods: names of the methods to perform, by default all
        """
        postponed = []
        while jobs := self.jobs("pending", *methods) - self.jobs().browse(postponed):
            record = self.next_job(jobs)
            if not self.perform(record) and record.eta:
                postponed.append(record.id)

    def next_job(self, jobs):
        """Return the job that the job runner performs first."""
        return jobs.sorted(lambda job: (bool(job.eta), job.priority, job.id))[0]

    def jobs(self, state=None, *methods):
        """Return jobs of this addon.

        :param state: key of queue.job.state, by default any
        :param methods: names of methods, by default all
        """
        domain = [("ocs_backend_id", "!=", False)]
        if state:
            domain.append(("state", "=", state))
        if methods:
            domain.append(("method_name", "in", methods))
        return self.env["queue.job"].search(domain)

    def perform(self, record):
        """Perform a job as the job runner does.

        :return: True if it is done or failed, False if it was postponed
        """
        job = Job.load(self.env, record.uuid)
        try:
            with self.env.cr.savepoint():
                job.perform()
        except RetryableJobError as error:
            job.postpone(result=str(error), seconds=error.seconds)
            job.set_pending(reset_retry=False)
        except Exception as error:
            job.set_failed(exc_name=type(error).__name__, exc_message=str(error))
        else:
            job.set_done()
        job.store()
        self.env.flush_all()
        return job.state != "pending"

    def versions(self, *tables):
        """Return the physical position of each row, which changes with every write."""
        self.env.flush_all()
        found = {}
        for table in tables:
            self.env.cr.execute(
                SQL("SELECT id, ctid::text, xmin::text FROM %s", SQL.identifier(table))
            )
            found[table] = set(self.env.cr.fetchall())
        return found


class RunCase(RunMixin, OcsCase):
    """Test case with runs on the dictionary ``self.ocs``."""

    def machine(self, number, **sections):
        """Return a computer that has no value in common with any other."""
        identity = {
            "hardware": {
                "NAME": f"PC-{number}",
                "DEVICEID": f"PC-{number}-2024-01-15-10-00-00",
                "UUID": f"4C4C4544-0042-3510-8052-{number:012X}",
            },
            "bios": {"SSN": f"5CG{number:04}XYZ"},
        }
        for table, columns in sections.items():
            whole = isinstance(columns, list)
            identity[table] = columns if whole else identity.get(table, {}) | columns
        return ocs_computer(**identity)

    def fill(self, *numbers):
        """Add computers to OCS and import them.

        :return: their bindings
        """
        self.ocs |= {number: self.machine(number) for number in numbers}
        self.import_changed()
        bindings = self.env["ocs.computer.binding"].browse()
        return bindings.concat(*map(self.binding, numbers))

    @contextmanager
    def failing_imports(self, *external_ids):
        """Make the import of these computers fail."""
        read = OcsComputerAdapter.read

        def fail(*args):
            if args[-1] in external_ids:
                raise ValueError("Broken.")
            return read(*args)

        with mock.patch.object(OcsComputerAdapter, "read", fail):
            yield

    def notes(self, record):
        """Return the messages in the chatter of an asset, oldest first."""
        messages = self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )
        return [str(message.body) for message in messages]
