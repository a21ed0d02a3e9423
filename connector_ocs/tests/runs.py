# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Runs with their jobs, done one after the other as the job runner would."""

from contextlib import contextmanager
from unittest import mock

from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

from ..components.computer_importer import OcsComputerImporter
from .common import OcsCase, ocs_computer


class RunMixin:
    """Runs whose jobs are stored, done, postponed and failed."""

    def import_changed(self, origin="schedule", force=False):
        """A run with all its jobs.

        :return: the run
        """
        self.backend._start_run(origin, force=force)
        self.work()
        return self.last_run()

    def last_run(self):
        return self.env["ocs.import.run"].search(
            [("backend_id", "=", self.backend.id)], limit=1
        )

    def work(self, *methods):
        """Do the jobs that wait, until none is left or OCS does not answer.

        :param methods: names, to do no others
        """
        given_up = []
        while jobs := self.jobs("pending", *methods) - self.jobs().browse(given_up):
            record = jobs.sorted(lambda job: (bool(job.eta), job.priority, job.id))[0]
            if not self.perform(record) and record.eta:
                given_up.append(record.id)

    def jobs(self, state=None, *methods):
        """Jobs of this addon.

        :param state: key of queue.job.state, None for all
        :param methods: names, none for all
        """
        domain = [("model_name", "=", "ocs.computer.binding")]
        if state:
            domain.append(("state", "=", state))
        if methods:
            domain.append(("method_name", "in", methods))
        return self.env["queue.job"].search(domain)

    def perform(self, record):
        """Do one job as the job runner does.

        :return: whether it is done or failed, rather than postponed
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
        """Where PostgreSQL holds each row: changes as soon as one is written."""
        self.env.flush_all()
        found = {}
        for table in tables:
            self.env.cr.execute(
                SQL("SELECT id, ctid::text, xmin::text FROM %s", SQL.identifier(table))
            )
            found[table] = set(self.env.cr.fetchall())
        return found


class RunCase(RunMixin, OcsCase):
    """Runs on the dictionary ``self.ocs``."""

    def machine(self, number, **sections):
        """A computer that has nothing in common with another one."""
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
        """Computers that are in OCS and imported.

        :return: their bindings
        """
        self.ocs |= {number: self.machine(number) for number in numbers}
        self.import_changed()
        bindings = self.env["ocs.computer.binding"].browse()
        return bindings.concat(*map(self.binding, numbers))

    @contextmanager
    def poisoned(self, *external_ids):
        """Nothing can be done with these computers."""
        read = OcsComputerImporter._read

        def fail(importer):
            if importer.external_id in external_ids:
                raise ValueError("Poison.")
            return read(importer)

        with mock.patch.object(OcsComputerImporter, "_read", fail):
            yield

    def notes(self, record):
        """Texts in the chatter of an asset, the first one first."""
        messages = self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )
        return [str(message.body) for message in messages]
