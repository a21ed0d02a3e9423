# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_server_upgrade import ServerUpgradeCase

from ..lib.change_log_installer import ChangeLogInstaller


@tagged("post_install", "-at_install")
class TestServerUpgradeWithChangeLog(ServerUpgradeCase):
    """The change log may be on the new server or not: nothing is lost."""

    @classmethod
    def prepare_former_server(cls):
        account = f"{cls.user}@%"
        cls.backend.write({"detection": "changelog", "change_log_account": account})
        cls._components_registry.ready = True
        try:
            cls.install_change_log()
        finally:
            cls._components_registry.ready = False

    @classmethod
    def install_change_log(cls):
        with cls.backend.work_on("ocs.backend") as work:
            ChangeLogInstaller(work).run("install")

    def change_and_import(self, name):
        """Change the operating system of a computer in OCS, and import changes."""
        external_id = min(self.bindings())
        self.sql("UPDATE hardware SET OSNAME = %s WHERE ID = %s", name, external_id)
        run = self.import_changed()
        self.assertEqual((run.changed_count, run.job_count), (1, 1))
        self.assertEqual(self.bindings()[external_id].os_name, name)
        return run

    def test_log_is_missing(self):
        self.assertEqual(self.import_changed().detection, "changelog")
        self.upgrade()
        self.assertEqual(self.change_and_import("New").detection, "fingerprint")

    def test_log_is_there(self):
        self.import_changed()
        self.upgrade()
        self.install_change_log()
        self.change_and_import("New")  # compares: the log is another one
        self.assertEqual(self.change_and_import("Newer").detection, "changelog")
