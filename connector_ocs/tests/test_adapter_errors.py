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
from .live import LiveCase, server
from .test_adapter import COLUMNS

TABLES = ("hardware", "bios", "accountinfo", "memories", "videos", "monitors")


@contextmanager
def listener(greeting):
    """A server of something else, that greets and leaves; gives its port."""

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
    """What the button Test connection answers."""

    def notice(self):
        """The notification after success."""
        return self.backend.action_test_connection()["params"]

    def assert_error(self, *parts):
        """The connection is refused with a sentence that names the remedy."""
        with self.assertRaises(UserError) as caught:
            self.backend.action_test_connection()
        for part in parts:
            self.assertIn(str(part), str(caught.exception))
        self.assertNotIn(self.backend.password, str(caught.exception))

    def use(self, *grants):
        """Make the backend use a new user with these rights."""
        user, password = f"test_{secrets.token_hex(6)}", secrets.token_hex(12)
        account = f"'{user}'@'127.0.0.1'"
        self.sql(f"CREATE USER {account} IDENTIFIED BY '{password}'")
        self.addCleanup(self.sql, f"DROP USER {account}")
        for grant in grants:
            self.sql(f"GRANT {grant} TO {account}")
        self.backend.write({"user": user, "password": password})
        return user


@tagged("post_install", "-at_install")
class TestRights(ConnectionCase):
    """SELECT is enough, and what is missing is named."""

    def test_reader(self):
        user = self.use(f"SELECT ON {self.database}.*")
        notice = self.notice()
        self.assertEqual(notice["type"], "success")
        self.assertIn(f"The user {user} may only read", notice["message"])

    def test_writer_elsewhere(self):
        """What the user may do with another database is no matter of OCS."""
        other = f"{self.database}_other"
        self.use(f"SELECT ON {self.database}.*", f"ALL ON {other}.*")
        self.assertIn("may only read", self.notice()["message"])

    def test_reader_imports(self):
        self.use(f"SELECT ON {self.database}.*")
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.assertEqual(self.binding(1).name, "PC-1")

    def test_reader_of_the_columns(self):
        where, columns = self.database, ", ".join(COLUMNS["networks"].split())
        self.use(
            *(f"SELECT ON {where}.{table}" for table in ("config", *TABLES)),
            f"SELECT (HARDWARE_ID, {columns}) ON {where}.networks",
        )
        self.assertIn("may only read", self.notice()["message"])

    def test_sections_that_are_optional(self):
        """They are named, and stop nothing."""
        where = self.database
        tables = ("config", "deleted_equiv", *TABLES, "networks", "cpus")
        self.use(*(f"SELECT ON {where}.{table}" for table in tables))
        notice = self.notice()
        self.assertEqual(notice["type"], "warning")
        for table in ("storages", "drives"):
            self.assertIn(f"Section {table}: it is left out", notice["message"])
        self.assertNotIn("cpus", notice["message"])
        self.insert_computer(1, "PC-1")
        self.insert("cpus", HARDWARE_ID=1, TYPE="Intel")
        self.import_all()
        self.assertEqual(self.binding(1).processor_ids.name, "Intel")

    def test_writers(self):
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
                user = self.use(*grants)
                self.assertIn(
                    f"The user {user} has more rights than needed",
                    self.notice()["message"],
                )

    def test_no_right_on_one_table(self):
        where = self.database
        grants = [f"SELECT ON {where}.{table}" for table in ("config", *TABLES)]
        user = self.use(*grants)
        self.assert_error(
            user,
            "is not allowed to read a table",
            f"GRANT SELECT ON {where}.*",
            "networks",
        )

    def test_no_right_on_one_column(self):
        where = self.database
        grants = [f"SELECT ON {where}.{table}" for table in ("config", *TABLES)]
        user = self.use(*grants, f"SELECT (HARDWARE_ID, SPEED) ON {where}.networks")
        self.assert_error(user, f"GRANT SELECT ON {where}.*", "MACADDR")

    def test_no_right_at_all(self):
        user = self.use()
        self.assert_error(
            user,
            "is not allowed to read the database",
            f"GRANT SELECT ON {self.database}.*",
        )


@tagged("post_install", "-at_install")
class TestReachability(ConnectionCase):
    """Why there is no connection, and what to check."""

    def test_wrong_password(self):
        self.backend.password = "not the right one"
        self.assert_error("rejected the user root", "Check the user name and the passw")

    def test_password_of_any_script(self):
        for password in ("motdepassé", "пароль", "10 €"):
            with self.subTest(password):
                user = self.use(f"SELECT ON {self.database}.*")
                self.sql(f"ALTER USER '{user}'@'127.0.0.1' IDENTIFIED BY '{password}'")
                self.backend.password = password
                self.assertIn("may only read", self.notice()["message"])

    def test_name_that_is_none(self):
        self.backend.host = "a..b"
        self.assert_error("The host a..b is unknown")

    def test_something_else_answers(self):
        for greeting in (b"SSH-2.0-OpenSSH_9.2\r\n", b"\x01\x00\x00\x00\x0a", b""):
            with self.subTest(greeting), listener(greeting) as port:
                self.backend.port = port
                self.assert_error(f"127.0.0.1:{port}", "the port")

    def test_revoked(self):
        user = self.use(f"SELECT ON {self.database}.*")
        self.notice()
        self.sql(f"ALTER USER '{user}'@'127.0.0.1' IDENTIFIED BY 'another'")
        with mock.patch.object(client, "AGE_LIMIT", -1):
            self.assert_error(f"rejected the user {user}")

    def test_unknown_user(self):
        self.backend.user = "nobody_here"
        self.assert_error("rejected the user nobody_here", "Check the user name")

    def test_wrong_database(self):
        self.backend.database = "no_such_database"
        self.assert_error(
            "database no_such_database does not exist on 127.0.0.1", "ocsweb"
        )

    def test_database_of_somebody_else(self):
        self.backend.database = "mysql"
        self.assert_error(
            "A table of OCS is missing in mysql", "is the database of OCS Inventory"
        )

    def test_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.backend.port = listener.getsockname()[1]
        self.assert_error(
            f"did not answer at 127.0.0.1:{self.backend.port}", "Check the host"
        )

    def test_certificate(self):
        self.backend.write({"tls": "verify", "tls_ca": "not a certificate"})
        self.assert_error("A secure connection to 127.0.0.1", "certificate authority")

    def test_unknown_authority(self):
        self.backend.tls = "verify"
        self.assert_error("A secure connection", "certificate verify failed")

    def test_known_authority(self):
        with open(server()["tls_ca"]) as authority:
            self.backend.write({"tls": "verify", "tls_ca": authority.read()})
        self.assertEqual(self.notice()["type"], "success")

    def test_version_stays_after_an_error(self):
        self.backend.database = "no_such_database"
        self.assert_error("no_such_database")
        self.assertEqual(self.backend.version, "2.9.1")

    def test_every_remedy_has_a_sentence(self):
        with self.backend.work_on("ocs.computer.binding") as work:
            adapter = work.component(usage="backend.adapter")
            sentences = {
                adapter._explain(code, "what MySQL says")
                for code in (*MESSAGE_KEYS, 1064)
            }
        self.assertEqual(len(sentences), len({*MESSAGE_KEYS.values(), "unknown"}))
        for sentence in sentences:
            self.assertIn("what MySQL says", sentence)
