# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import hashlib
import struct

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from odoo.addons.queue_job.job import Job

from ..lib.run_lines import Line


class OcsComputerJobs(models.AbstractModel):
    """Jobs that import computers."""

    _name = "ocs.computer.jobs"
    _inherit = "ocs.job.mixin"
    _description = "Jobs of OCS Computers (abstract)"

    @api.private
    @api.model
    def import_record(self, backend, external_id, force=False):
        """Job: create or update the asset of one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value even if OCS did not change
        """
        try:
            if not backend.sudo().active:
                return backend._describe_archived()
            backend = backend._for_import()
        except MissingError:
            return backend._describe_deleted()
        # an importer may retry the job, but not while a user waits
        backend = backend.with_context(**self._job_context())
        with self._retry_collisions(), backend.work_on(self._name) as work:
            importer = work.component(usage="record.importer")
            return importer.run(external_id, force=force)

    @api.model
    def _lock(self, backend, external_ids):
        """Lock computers until the end of the transaction, in one query.

        Advisory locks of PostgreSQL are used, since there may be no record in Odoo yet.

        :param external_ids: list of int (hardware.ID)
        :return: set of the IDs that no other transaction has locked
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT external_id, pg_try_advisory_xact_lock(lock)"
                " FROM unnest(%s::int[], %s::bigint[]) AS wanted (external_id, lock)",
                external_ids,
                [self._lock_number(backend, each) for each in external_ids],
            )
        )
        return {external_id for external_id, is_locked in rows if is_locked}

    @api.model
    def _lock_number(self, backend, external_id):
        """Return a 64-bit number that is the same in every process."""
        name = f"{backend._name}, {backend.id}, {external_id}"
        digest = hashlib.sha1(name.encode(), usedforsecurity=False).digest()
        return struct.unpack("q", digest[:8])[0]

    @api.model
    def _enqueue_import(self, backend, external_id, name="", force=False, run=None):
        """Enqueue the import of one computer.

        :param external_id: int, hardware.ID
        :param run: ocs.import.run that it belongs to, or None
        :return: bool, False if the same job of another run is already queued
        """
        description = self.env._(
            "Import computer %(name)s (ID %(id)s) of %(backend)s",
            name=name or self.env._("without a name"),
            id=external_id,
            backend=backend.name,
        )
        delayable = self._delayable(backend, description, run)
        job = delayable.import_record(backend, external_id, force=force)
        return self._is_of(job, run)

    @api.model
    def _enqueue_related(self, backend, external_id, name="", force=False):
        """Enqueue the import of a computer because of the one that is being imported.

        The run of the current job waits for it, too.

        :param external_id: int, hardware.ID
        """
        run = self._current_run()
        if run:
            line = Line(external_id, name or "", "related")
            self.env["ocs.import.run.line"]._add(run, [line])
        self._enqueue_import(backend, external_id, name, force=force, run=run)

    @api.private
    @api.model
    def import_chunk(self, backend, external_ids, force=False):
        """Job: create or update the assets of a chunk of computers.

        Do what ``import_record`` does for each of them. If one fails, each computer
        gets a job of its own.

        :param external_ids: ascending list of int (hardware.ID)
        :param force: compare every value even if OCS did not change
        :return: sentence for the job's result
        """
        if not backend._lock_for_job():
            return backend._describe_deleted()
        if not backend.sudo().active:
            return backend._describe_archived()
        # the chunk importer looks up the run that it works for
        backend = backend._for_import().with_context(**self._job_context())
        with self._retry_collisions(), backend.work_on(self._name) as work:
            importer = work.component(usage="chunk.importer")
            return importer.run(external_ids, force=force)

    @api.model
    def _job_context(self):
        """Return the context keys that tell the importers their job, or its run.

        Without a delay, there is no job, but the context of the enqueuer.
        """
        context = self.env.context
        names = ("job_uuid", "ocs_run_id")
        return {name: context[name] for name in names if context.get(name)}

    @api.model
    def _current_run(self):
        """Return the run that the current job belongs to.

        When a chunk is split into jobs for its computers, these belong to the same run,
        so that the run waits for them and counts each computer once.

        :return: ocs.import.run, None outside of a job and for a job without a run
        """
        context = self._job_context()
        if context.get("ocs_run_id"):
            return self.env["ocs.import.run"].browse(context["ocs_run_id"])
        uuid = context.get("job_uuid")
        # sudo: the user that the job runs as may have no access to jobs
        jobs = self.env["queue.job"].sudo()
        run = jobs.search([("uuid", "=", uuid)], limit=1).ocs_run_id if uuid else None
        return run and run.with_env(self.env) or None

    @api.model
    def _enqueue_chunk(self, backend, external_ids, force=False, run=None):
        """Enqueue the import of a chunk of computers.

        :param external_ids: ascending list of int (hardware.ID)
        :param run: ocs.import.run that they belong to, or None
        :return: bool, False if the same job of another run is already queued
        """
        description = self.env._(
            "Import %(number)s computers of %(backend)s (IDs %(first)s to %(last)s)",
            number=len(external_ids),
            backend=backend.name,
            first=external_ids[0],
            last=external_ids[-1],
        )
        delayable = self._delayable(backend, description, run)
        job = delayable.import_chunk(backend, external_ids, force=force)
        return self._is_of(job, run)

    @api.model
    def _is_of(self, job, run):
        """Return whether a job was enqueued just now, or earlier for the same run.

        :param job: ``Job``, or the record of the same job that is already queued
        :param run: ocs.import.run or None
        """
        if isinstance(job, Job):
            return True
        # sudo: users of OCS may have no access to jobs
        return bool(run) and job.sudo().ocs_run_id == run
