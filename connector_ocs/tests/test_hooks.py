# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestHooks(TransactionCase):
    """Demo data and uninstallation."""

    def load_demo(self):
        """Load the demo data and return its backend."""
        convert_file(self.env, "connector_ocs", "demo/ocs_backend.xml", {}, mode="init")
        return self.env.ref("connector_ocs.ocs_backend_demo")

    def test_demo_backend_reads_its_password_from_a_variable(self):
        self.assertEqual(self.load_demo().password_variable, "OCS_PASSWORD")

    def test_uninstall_deletes_jobs_and_keeps_categories(self):
        category = self.env.ref("connector_ocs.category_computer")
        self.load_demo()._start_run("schedule")
        other = self.env["queue.job"].with_delay()._test_job()
        uninstall_hook(self.env)
        jobs = self.env["queue.job"].search([])
        self.assertFalse(jobs.filtered(lambda job: job.model_name.startswith("ocs.")))
        self.assertIn(other.uuid, jobs.mapped("uuid"))
        self.assertFalse(category.get_external_id()[category.id])
