# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import OcsCase
from .rights import OTHER, RightsMixin


@tagged("post_install", "-at_install")
class TestOtherManager(RightsMixin, OcsCase):
    """A manager of company B uses the ways to company A that no button offers."""

    def setUp(self):
        super().setUp()
        self.mine, self.theirs = self.records["B"], self.records["A"]
        self.manager = self.users[OTHER]
        self.backend = self.theirs["ocs.backend"]

    def as_manager(self, record):
        return record.with_user(self.manager)

    def test_session(self):
        """Every session with stored credentials is checked, whoever opens it."""
        backend = self.as_manager(self.backend)
        for someone in (backend, backend.new(origin=backend)):
            with self.subTest(someone), self.assertRaises(AccessError):
                with someone.work_on("ocs.backend") as work:
                    work.ocs_client.query("SELECT 1")
        with self.assertRaises(AccessError):
            backend._for_import()
        self.assertFalse(self.connect.called)

    def test_jobs(self):
        """A job does nothing that the user in its arguments may not do."""
        model = self.env["ocs.computer.binding"].with_user(self.manager)
        backend = self.as_manager(self.backend)
        run = self.as_manager(self.theirs["ocs.import.run"])
        for job in (
            lambda: model.import_record(backend, 1),
            lambda: model.import_chunk(backend, [1]),
            lambda: run.scan(),
            lambda: run.close(),
            lambda: run.stop(self.manager),
        ):
            with self.assertRaises(AccessError):
                job()

    def test_linked_asset(self):
        issue = self.as_manager(self.mine["ocs.import.issue"])
        asset = self.theirs["maintenance.equipment"]
        with self.assertRaises(AccessError):
            issue.write({"decision": "link", "linked_id": asset.id})
            self.env.flush_all()
        issue.sudo().candidate_ids = asset
        with self.assertRaises(AccessError):
            issue._link(asset.with_user(self.manager))

    def test_forged_context(self):
        """Only imports add properties to a category that the user cannot write."""
        category = self.mine["ocs.backend"].computer_category_id.copy()
        category.equipment_properties_definition = [
            {"name": "room", "string": "Room", "type": "char"}
        ]
        asset = self.mine["maintenance.equipment"]
        asset.category_id = category
        asset.equipment_properties = {"room": "1"}
        other = category.copy({"equipment_properties_definition": False})
        self.env.flush_all()
        forged = self.as_manager(asset).with_context(
            ocs_imported_from=self.mine["ocs.backend"].id
        )
        forged.category_id = other
        self.assertFalse(other.equipment_properties_definition)


@tagged("post_install", "-at_install")
class TestQueueManager(RightsMixin, OcsCase):
    """A manager of the job queue of company B has no access to the jobs of A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "queue_manager",
            groups="queue_job.group_queue_job_manager",
            company_id=cls.companies["B"].id,
            company_ids=[(6, 0, cls.companies["B"].ids)],
        )

    def setUp(self):
        super().setUp()
        for company in "AB":
            run = self.records[company]["ocs.import.run"]
            run.action_approve()
            run._enqueue_stop()

    def job_of(self, company, method):
        backend = self.records[company]["ocs.backend"]
        found = self.jobs(None, method).filtered(
            lambda job: job.ocs_backend_id == backend
        )
        self.assertEqual(len(found), 1)
        self.env.invalidate_all()  # the cache does not know users
        return found.with_user(self.manager)

    def test_jobs_belong_to_the_company_of_the_backend(self):
        for method in ("scan", "stop"):
            job = self.job_of("B", method)
            self.assertEqual(job.company_id, self.companies["B"])
            job.requeue()
            for action in ("requeue", "button_cancelled", "open_related_action"):
                with self.subTest(method=method, action=action):
                    with self.assertRaises(AccessError):
                        getattr(self.job_of("A", method), action)()

    def test_job_stays_in_its_run(self):
        run = self.records["A"]["ocs.import.run"]
        self.job_of("B", "scan").write({"priority": 1})
        for values in (
            {"ocs_backend_id": run.backend_id.id},
            {"ocs_run_id": run.id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self.job_of("B", "scan").write(values)
