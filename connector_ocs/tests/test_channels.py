# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.jobrunner.channels import ChannelManager
from odoo.addons.queue_job.tests.common import trap_jobs

from .common import OcsCase, ocs_computer

PENDING = "pending"


@tagged("post_install", "-at_install")
class TestChannels(OcsCase):
    """A backend can have its own channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parent = cls.env.ref("connector_ocs.channel_ocs")
        cls.paris = cls.env["queue.job.channel"].create(
            {"name": "paris", "parent_id": parent.id}
        )
        cls.model = cls.env["ocs.computer.binding"]
        cls.other = cls.backend.copy({"version": cls.backend.version})

    def _run(self, backend):
        return self.env["ocs.import.run"].create(
            {"backend_id": backend.id, "origin": "button"}
        )

    def _enqueue_everything(self, backend):
        run = self._run(backend)
        run._enqueue_scan()
        run._enqueue_close()
        run._enqueue_stop()
        self.model._enqueue_chunk(backend, [1, 2], run=run)
        self.model._enqueue_import(backend, 1, "PC-1", run=run)
        self.model._enqueue_import(backend, 2, "PC-2")  # without a run

    def _channels(self, backend, *domain):
        """Return the channels of a backend's jobs."""
        self.env.flush_all()
        names = ("scan", "close", "stop", "import_chunk", "import_record")
        jobs = self.env["queue.job"].search([("method_name", "in", names), *domain])
        mine = jobs.filtered(lambda job: job.ocs_backend_id == backend)
        self.assertEqual(set(mine.mapped("method_name")), set(names))
        return set(mine.mapped("channel"))

    def test_all_backends_share_a_channel(self):
        self._enqueue_everything(self.backend)
        self.assertEqual(self._channels(self.backend), {"root.ocs"})

    def test_channel_of_a_backend(self):
        self.backend.channel_id = self.paris
        for backend in (self.backend, self.other):
            self._enqueue_everything(backend)
        self.assertEqual(self._channels(self.backend), {"root.ocs.paris"})
        self.assertEqual(self._channels(self.other), {"root.ocs"})

    def test_pending_jobs_move_to_the_new_channel(self):
        for backend in (self.backend, self.other):
            self._enqueue_everything(backend)
        for channel, name in ((self.paris, "root.ocs.paris"), (False, "root.ocs")):
            self.backend.channel_id = channel
            self.assertEqual(self._channels(self.backend), {name})
            self.assertEqual(self._channels(self.other), {"root.ocs"})

    def test_running_jobs_stay_in_their_channel(self):
        self._enqueue_everything(self.backend)
        jobs = self.env["queue.job"].search([("ocs_run_id", "!=", False)])
        running = jobs[:2]
        running.write({"state": "enqueued"})
        running[0].state = "started"
        self.backend.channel_id = self.paris
        self.assertEqual(set(running.mapped("channel")), {"root.ocs"})

    def test_channel_is_deleted(self):
        self.backend.channel_id = self.paris
        self.paris.unlink()
        self.backend.invalidate_recordset()
        self._enqueue_everything(self.backend)
        self.assertEqual(self._channels(self.backend), {"root.ocs"})

    def test_manager_chooses_a_channel(self):
        """Managers of OCS are not managers of the job queue."""
        manager = new_test_user(
            self.env, "ocs_manager", groups="connector_ocs.group_ocs_manager"
        )
        self._enqueue_everything(self.backend)
        backend = self.backend.with_user(manager)
        channels = self.env["queue.job.channel"].with_user(manager)
        found = channels.name_search("ocs.paris")
        backend.channel_id = found[0][0]
        backend.env["ocs.computer.binding"]._enqueue_import(backend, 7)
        self.assertEqual(self._channels(self.backend), {"root.ocs.paris"})
        self.assertFalse(channels.has_access("write"))

    # The job runner

    def _running(self, configuration, jobs):
        """Return the channels of the jobs that the runner would start immediately.

        :param configuration: of the channels, as in the configuration of Odoo
        :param jobs: list of the channel of each job
        """
        manager = ChannelManager()
        manager.simple_configure(configuration)
        for number, channel in enumerate(jobs):
            manager.notify("db", channel, str(number), number, 0, 10, None, PENDING)
        return [jobs[int(job.uuid)] for job in manager.get_jobs_to_run(now=1)]

    def test_channel_without_configuration_is_limited_by_its_parent(self):
        started = self._running("root:4,root.ocs:2", ["root.ocs.paris"] * 5)
        self.assertEqual(len(started), 2)

    def test_limited_channel_leaves_capacity_to_others(self):
        jobs = ["root.ocs.paris"] * 5 + ["root.ocs"] * 5
        started = self._running("root:4,root.ocs:4,root.ocs.paris:2", jobs)
        self.assertEqual(sorted(started), ["root.ocs"] * 2 + ["root.ocs.paris"] * 2)


@tagged("post_install", "-at_install")
class TestDeletedBackend(OcsCase):
    """A backend is deleted while its jobs are pending."""

    def test_jobs_finish(self):
        model = self.env["ocs.computer.binding"]
        self.ocs[1] = ocs_computer()
        run = self.env["ocs.import.run"].create(
            {"backend_id": self.backend.id, "origin": "button"}
        )
        with trap_jobs() as trap:
            run._enqueue_scan()
            model._enqueue_chunk(self.backend, [1], run=run)
            model._enqueue_import(self.backend, 1, run=run)
            run._enqueue_close()
            self.backend.unlink()
            self.env.flush_all()
            results = [job.perform() for job in trap.enqueued_jobs]
        self.assertEqual(results[0], "This run has already finished.")
        self.assertIn("The backend was deleted", results[1])
        self.assertEqual(results[1], results[2])
        self.assertIsNone(results[3])
        self.assertFalse(model.search([]))

    def test_chunk_locks_the_backend(self):
        """Deleting the backend waits for the end of the chunk."""
        self.assertTrue(self.backend._lock_for_job())
        self.cr.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE relation = 'ocs_backend'::regclass AND mode = 'RowShareLock'"
            " AND pid = pg_backend_pid()"
        )
        self.assertEqual(self.cr.fetchone(), (1,))


@tagged("post_install", "-at_install")
class TestCategories(OcsCase):
    """The first assets of a category are created by concurrent jobs."""

    def test_category_is_unfolded_once(self):
        """No job has to write to the category that all of them use."""
        category = self.env["maintenance.equipment.category"].create({"name": "PC"})
        self.backend.computer_category_id = category
        self.assertTrue(category.fold)
        run = self.env["ocs.import.run"].create(
            {"backend_id": self.backend.id, "origin": "button"}
        )
        self.backend._prepare_run(run)
        self.env.flush_all()
        self.assertFalse(category.fold)
        self.env.invalidate_all()  # a job starts with an empty cache
        with self._statements() as statements:
            self.import_computer(1, ocs_computer())
        self.assertEqual(len(category.equipment_ids), 1)
        written = [each for each in statements if "maintenance_equipment_cat" in each]
        self.assertFalse([each for each in written if "UPDATE" in each])

    @contextmanager
    def _statements(self):
        statements, execute = [], type(self.cr).execute

        def spy(cr, query, *arguments, **keywords):
            statements.append(getattr(query, "code", query))
            return execute(cr, query, *arguments, **keywords)

        with mock.patch.object(type(self.cr), "execute", spy):
            yield statements
            self.env.flush_all()
