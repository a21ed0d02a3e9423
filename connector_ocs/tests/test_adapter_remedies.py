# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

import pymysql

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError

from ..lib import client, connection
from .live import certificate_authority
from .test_adapter_errors import ConnectionCase


@tagged("post_install", "-at_install")
class TestRemedies(ConnectionCase):
    """An error that may pass is tried again; any other one names the remedy."""

    def test_account_that_requires_tls(self):
        certificate_authority()  # the server offers TLS
        user = self.use_new_user(f"SELECT ON {self.database}.*")
        self.sql(f"ALTER USER '{user}'@'{self.client_host}' REQUIRE SSL")
        self.assert_error("rejected the user", "requires TLS", "change “TLS”", "1045")
        self.backend.tls = "required"
        self.assertIn("has read-only access", self.notice()["message"])
        self.backend.password = "another secret"
        with self.assertRaises(UserError) as caught:
            self.backend.action_test_connection()
        self.assertNotIn("TLS", str(caught.exception))

    def test_server_that_requires_tls(self):
        refusal = "Connections using insecure transport are prohibited"
        error = pymysql.OperationalError(3159, refusal)
        client.pool.clear()
        with mock.patch.object(connection, "_open", side_effect=error):
            self.assert_error("only encrypted connections", "field “TLS”", refusal)

    def test_table_changed_since_the_start_of_the_snapshot(self):
        """Error 1412: the job is tried again, on another snapshot."""
        self.insert_computer(1, "PC-1")
        self.insert("memories", HARDWARE_ID=1, CAPACITY=8192)
        change = "ALTER TABLE memories MODIFY CAPACITY"
        self.addCleanup(self.sql, f"{change} INT")
        with self.backend.work_on("ocs.computer.binding") as work:
            adapter = work.component(usage="backend.adapter")
            with self.assertRaises(NetworkRetryableError) as caught:
                with adapter._snapshot():
                    self.sql(f"{change} BIGINT")
                    adapter._read_computers([1])
            self.assertIn("1412", str(caught.exception))
            self.assertIn("could not answer at the moment", str(caught.exception))
            self.assertEqual(adapter.read(1)["memories"][0]["CAPACITY"], 8192)

    def test_answer_that_makes_no_sense(self):
        """PyMySQL gives no number then, but the connection is lost."""
        error = pymysql.InternalError("Packet sequence number wrong")
        with self.backend.work_on("ocs.backend") as work:
            adapter = work.component(usage="backend.adapter")
            with self.assertRaises(NetworkRetryableError):
                with adapter._convert_errors():
                    raise error
