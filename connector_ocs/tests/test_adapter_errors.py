# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import secrets
import socket
import threading
from contextlib import contextmanager
from unittest import mock

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib import client
from ..lib.errors import MESSAGE_KEYS
from .live import LiveCase, certificate_authority, server
from .test_adapter import COLUMNS

TABLES = ("hardware", "bios", "accountinfo", "memories", "videos", "monitors")


@contextmanager
def listener(greeting):
    """Run a server that sends a greeting and disconnects; yield its port."""

    def serve():
        connection, _address = other.accept()
        with connection:
            connection.sendall(greeting)

    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(30)
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield other.getsockname()[1]
        thread.join(30)


class ConnectionCase(LiveCase):
    """Test case for the results of the button “Test connection”."""

    def notice(self):
        """Return the notification after success."""
        return self.backend.action_test_connection()["params"]

    def assert_error(self, *parts):
        """Assert that the connection fails with a message that has these parts."""
        with self.assertRaises(UserError) as caught:
            self.backend.action_test_connection()
        for part in parts:
            self.assertIn(str(part), str(caught.exception))
        # another host has no password
        password = self.backend._get_password() or server()["password"]
        self.assertNotIn(password, str(caught.exception))

    def use_new_user(self, *grants):
        """Make the backend use a new user with these privileges.

        :return: name of the user
        """
        user, password = f"test_{secrets.token_hex(6)}", secrets.token_hex(12)
        account = f"'{user}'@'{self.client_host}'"
        self.sql(f"CREATE USER {account} IDENTIFIED BY '{password}'")
        self.addCleanup(self.sql, f"DROP USER {account}")
        for grant in grants:
            self.sql(f"GRANT {grant} TO {account}")
        self.backend.write({"user": user, "password": password})
        return user


@tagged("post_install", "-at_install")
class TestPrivileges(ConnectionCase):
    """SELECT is enough, and missing privileges are named."""

    def test_read_only_user(self):
        user = self.use_new_user(f"SELECT ON {self.database}.*")
        notice = self.notice()
        self.assertEqual(notice["type"], "success")
        self.assertIn(f"The user {user} has read-only access", notice["message"])

    def test_role(self):
        """What a role allows is allowed, and a role that only reads is read-only."""
        role = f"role_{secrets.token_hex(6)}"
        self.sql(f"CREATE ROLE {role}")
        self.addCleanup(self.sql, f"DROP ROLE {role}")
        self.sql(f"GRANT SELECT ON {self.database}.* TO {role}")
        user = self.use_new_user()
        account = f"'{user}'@'{self.client_host}'"
        make_default = self.grant_role(role, account)
        self.assert_error("is not allowed to read the database", "a default role")
        self.sql(make_default)
        self.assertIn(f"The user {user} has read-only access", self.notice()["message"])
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.assertEqual(self.binding(1).name, "PC-1")
        self.sql(f"GRANT INSERT ON {self.database}.* TO {role}")
        self.assertIn("more privileges than needed", self.notice()["message"])

    def test_privileges_on_other_databases_do_not_matter(self):
        other = f"{self.database}_other"
        self.use_new_user(f"SELECT ON {self.database}.*", f"ALL ON {other}.*")
        self.assertIn("has read-only access", self.notice()["message"])

    def test_read_only_user_can_import(self):
        self.use_new_user(f"SELECT ON {self.database}.*")
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.assertEqual(self.binding(1).name, "PC-1")

    def test_column_privileges_are_enough(self):
        where, columns = self.database, ", ".join(COLUMNS["networks"].split())
        self.use_new_user(
            *(f"SELECT ON {where}.{table}" for table in ("config", *TABLES)),
            f"SELECT (HARDWARE_ID, {columns}) ON {where}.networks",
        )
        self.assertIn("has read-only access", self.notice()["message"])

    def test_unreadable_optional_sections_are_skipped(self):
        """A warning names them, and all else is imported."""
        where = self.database
        tables = ("config", "deleted_equiv", *TABLES, "networks", "cpus")
        self.use_new_user(*(f"SELECT ON {where}.{table}" for table in tables))
        notice = self.notice()
        self.assertEqual(notice["type"], "warning")
        for table in ("storages", "drives", "batteries"):
            self.assertIn(f"The table {table} is skipped", notice["message"])
        self.assertNotIn("cpus", notice["message"])
        self.insert_computer(1, "PC-1")
        self.insert("cpus", HARDWARE_ID=1, TYPE="Intel")
        self.import_all()
        self.assertEqual(self.binding(1).processor_ids.name, "Intel")

    def test_more_privileges_than_needed(self):
        reads = f"SELECT ON {self.database}.*"
        table = (
            [f"ALL ON {self.database}.*"],
            ["ALL ON `ocs\\_test%`.*"],
            [f"SELECT, INSERT ON {self.database}.*"],
            [reads, f"DELETE ON {self.database}.hardware"],
            [reads, f"UPDATE (NAME) ON {self.database}.hardware"],
            [reads, f"SELECT (ID), UPDATE (NAME) ON {self.database}.hardware"],
            [reads, "PROCESS ON *.*"],
        )
        for grants in table:
            with self.subTest(grants=grants):
                user = self.use_new_user(*grants)
                self.assertIn(
                    f"The user {user} has more privileges than needed",
                    self.notice()["message"],
                )

    def test_missing_privilege_on_a_table(self):
        where = self.database
        grants = [f"SELECT ON {where}.{table}" for table in ("config", *TABLES)]
        user = self.use_new_user(*grants)
        self.assert_error(
            user,
            "is not allowed to read a table",
            f"GRANT SELECT ON `{where}`.networks TO `{user}`@`<Odoo host>`;",
        )

    def test_missing_privilege_on_a_column(self):
        where = self.database
        grants = [f"SELECT ON {where}.{table}" for table in ("config", *TABLES)]
        user = self.use_new_user(
            *grants, f"SELECT (HARDWARE_ID, SPEED) ON {where}.networks"
        )
        self.assert_error(user, f"GRANT SELECT ON `{where}`.networks", "MACADDR")

    def test_no_privileges(self):
        user = self.use_new_user()
        self.assert_error(
            user,
            "is not allowed to read the database",
            f"GRANT SELECT ON `{self.database}`.hardware TO `{user}`",
            f"GRANT SELECT ON `{self.database}`.config TO `{user}`",
        )


@tagged("post_install", "-at_install")
class TestConnectionErrors(ConnectionCase):
    """An error says why there is no connection, and what to check."""

    def set_password(self, user, password):
        account = f"'{user}'@'{self.client_host}'"
        self.sql(f"ALTER USER {account} IDENTIFIED BY '{password}'")

    def test_wrong_password(self):
        self.backend.password = "another secret"
        self.assert_error(
            f"rejected the user {self.backend.user}",
            "Check the user name and the passw",
        )

    def test_password_in_any_script(self):
        for password in ("motdepassé", "пароль", "10 €"):
            with self.subTest(password):
                user = self.use_new_user(f"SELECT ON {self.database}.*")
                self.set_password(user, password)
                self.backend.password = password
                self.assertIn("has read-only access", self.notice()["message"])

    def test_invalid_host_name(self):
        self.backend.host = "a..b"
        self.assert_error("The host a..b is unknown")

    def test_port_of_another_service(self):
        for greeting in (b"SSH-2.0-OpenSSH_9.2\r\n", b"\x01\x00\x00\x00\x0a", b""):
            with self.subTest(greeting), listener(greeting) as port:
                self.backend.write({"host": "127.0.0.1", "port": port})
                self.assert_error(f"127.0.0.1:{port}", "the port")

    def test_changed_password(self):
        user = self.use_new_user(f"SELECT ON {self.database}.*")
        self.notice()
        self.set_password(user, "another")
        with mock.patch.object(client, "AGE_LIMIT", -1):
            self.assert_error(f"rejected the user {user}")

    def test_unknown_user(self):
        self.backend.user = "nobody_here"
        self.assert_error("rejected the user nobody_here", "Check the user name")

    def test_wrong_database(self):
        self.backend.database = "no_such_database"
        self.assert_error(
            f"database no_such_database does not exist on {self.backend.host}", "ocsweb"
        )

    def test_database_of_another_application(self):
        self.backend.database = "mysql"
        self.assert_error(
            "A table of OCS is missing in mysql", "is the database of OCS Inventory"
        )

    def test_no_server_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.backend.write({"host": "127.0.0.1", "port": port})
        self.assert_error(
            f"did not respond at 127.0.0.1:{self.backend.port}", "Check the host"
        )

    def test_invalid_certificate(self):
        self.backend.write({"tls": "verify", "tls_ca": "not a certificate"})
        self.assert_error(
            f"A secure connection to {self.backend.host}", "certificate authority"
        )

    def test_untrusted_authority(self):
        certificate_authority()  # the server has one
        self.backend.write({"tls": "verify", "tls_ca": False})
        self.assert_error("A secure connection", "certificate verify failed")

    def test_trusted_authority(self):
        password = server()["password"]
        self.backend.write(
            {
                "tls": "verify",
                "tls_ca": certificate_authority(),
                "password": password,
            }
        )
        self.assertEqual(self.notice()["type"], "success")

    def test_version_stays_after_an_error(self):
        self.backend.database = "no_such_database"
        self.assert_error("no_such_database")
        self.assertEqual(self.backend.version, "2.9.1")

    def test_every_error_has_a_message(self):
        with self.backend.work_on("ocs.computer.binding") as work:
            adapter = work.component(usage="backend.adapter")
            sentences = {
                adapter._explain(code, Exception("the error of MySQL"))
                for code in (*MESSAGE_KEYS, 1064)
            }
        self.assertEqual(len(sentences), len({*MESSAGE_KEYS.values(), "unknown"}))
        for sentence in sentences:
            self.assertIn("the error of MySQL", sentence)
