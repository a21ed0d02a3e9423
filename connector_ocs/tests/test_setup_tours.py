# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user, tagged

from .tours import TourCase

#: Account that the tour logs in with: what it types cannot be generated.
USER, PASSWORD = "reader_of_the_tour", "a password for the tour"


@tagged("post_install", "-at_install")
class TestSetupTours(TourCase):
    """Browser tests of the first steps, on a real OCS database."""

    def setUp(self):
        super().setUp()
        self.insert_computer(1, "PC-1")
        self.insert("accountinfo", HARDWARE_ID=1, TAG="Paris")
        for name in ("host", "port", "database", "tls", "tls_ca"):
            self.env["ir.default"].set("ocs.backend", name, self.backend[name])

    def second(self, **values):
        return self.backend.copy({"name": "Second", **values})

    def test_setup(self):
        self.backend.active = False
        account = f"'{USER}'@'{self.client_host}'"
        self.sql(f"DROP USER IF EXISTS {account}")
        self.sql(f"CREATE USER {account} IDENTIFIED BY '{PASSWORD}'")
        self.addCleanup(self.sql, f"DROP USER {account}")
        self.sql(f"GRANT SELECT ON {self.database}.* TO {account}")
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action", "connector_ocs_setup"
        )
        backend = self.env["ocs.backend"].search([("name", "=", "Head office")])
        self.assertTrue(backend.import_automatically)
        self.assertEqual(backend.run_ids.mapped("state"), ["done"])

    def test_same_database(self):
        self.second(version=self.version)
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_same_database",
        )

    def test_reader(self):
        self.backend.action_test_connection()
        self.import_all()
        self.assertEqual(self.backend.setup_step, "schedule")
        self.second(version=False, database="another")
        new_test_user(
            self.env,
            "reads",
            groups="base.group_user,connector_ocs.group_ocs_user",
            password="reads",
        )
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_setup_reader",
            login="reads",
        )
