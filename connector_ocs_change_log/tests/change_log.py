# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Base class of the tests that need a real OCS database with a change log."""

import secrets
from contextlib import contextmanager

import pymysql

from odoo.addons.connector_ocs.lib.quoting import quote_account, split_account
from odoo.addons.connector_ocs.tests.live import ROWS, LiveCase, server

from ..lib import change_log_procedure as procedure
from ..lib import change_log_setup as setup
from ..lib.change_log import triggers
from ..lib.change_log_checker import ChangeLogChecker
from ..lib.change_log_installer import ChangeLogInstaller

#: A change table as an earlier script of a third party created it.
OLD_TABLE = """
CREATE TABLE hardware_updates (
  id INT AUTO_INCREMENT PRIMARY KEY,
  hardware_id INT NOT NULL,
  table_name VARCHAR(50) NOT NULL,
  operation_type ENUM('INSERT', 'UPDATE', 'DELETE') NOT NULL,
  old_data JSON,
  new_data JSON,
  changed_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  processed TINYINT(1) DEFAULT 0,
  processed_at TIMESTAMP NULL
)"""


class ChangeLogDetectionMixin:
    """Mixin for live tests whose backend detects changes by a change log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.write({"detection": "changelog", "change_log_account": cls.account})
        cls._components_registry.ready = True
        try:
            with cls.backend.work_on("ocs.backend") as work:
                ChangeLogInstaller(work).run("install")
        finally:
            cls._components_registry.ready = False

    def _empty(self):
        emptied = super()._empty()
        self.sql("DELETE FROM hardware_updates")
        return emptied


class ChangeLogCase(LiveCase):
    """Test case with an OCS server account and a backend with few privileges.

    ``ocs_account`` is the account of the OCS server, ``reader`` the account of the
    backend, which has the privileges for daily use.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.backend.user
        cls.root_password = server()["password"]
        cls.ocs_account = cls.create_account(f"ALL ON {cls.database}.*")
        cls.sql(
            f"GRANT GRANT OPTION ON {cls.database}.* TO"
            f" {quote_account(cls.ocs_account)}"
        )
        cls.reader = cls.create_reader()
        cls.backend.change_log_account = cls.ocs_account
        cls.use_account(cls.reader)

    @classmethod
    def create_reader(cls):
        """Create an account that may read what imports read, and nothing else."""
        tables = sorted(cls.tables)
        return cls.create_account(*(f"SELECT ON {cls.database}.{t}" for t in tables))

    @classmethod
    def create_account(cls, *grants, host=None):
        """Create an account of the database server; its password is its user name.

        :return: 'user@host'
        """
        account = f"test_{secrets.token_hex(6)}@{host or cls.client_host}"
        user, _host = split_account(account)
        cls.sql(f"CREATE USER {quote_account(account)} IDENTIFIED BY '{user}'")
        cls.addClassCleanup(cls.sql, f"DROP USER IF EXISTS {quote_account(account)}")
        for grant in grants:
            cls.sql(f"GRANT {grant} TO {quote_account(account)}")
        return account

    def is_mariadb(self):
        return "MariaDB" in self.ocs.get_server_info()

    def give_role(self, account, grant):
        """Give an account a default role that has the privileges of ``grant``."""
        role, account = f"role_{secrets.token_hex(6)}", quote_account(account)
        self.sql(f"CREATE ROLE {role}")
        self.addCleanup(self.sql, f"DROP ROLE {role}")
        self.sql(f"GRANT {grant} TO {role}")
        self.sql(f"GRANT {role} TO {account}")
        word = "FOR" if self.is_mariadb() else "TO"
        self.sql(f"SET DEFAULT ROLE {role} {word} {account}")

    @classmethod
    def use_account(cls, account):
        """Make the backend use an account."""
        user, _host = split_account(account)
        cls.backend.write({"user": user, "password": user})

    def setUp(self):
        super().setUp()
        self.addCleanup(self._drop_change_log)

    def _drop_change_log(self):
        for row in self.sql("SHOW TRIGGERS"):
            self.sql(f"DROP TRIGGER `{row['Trigger']}`")
        for kind in ("VIEW", "TABLE"):
            self.sql(f"DROP {kind} IF EXISTS hardware_updates")
        self.sql("DROP TABLE IF EXISTS hardware_updates_owner")
        self.sql(procedure.DROP)

    def connect(self, account=None, **options):
        """Return a connection that waits for locks for at most 1 s.

        :param account: 'user@host', by default that of the OCS server
        """
        where = server()
        user, _host = split_account(account or self.ocs_account)
        connection = pymysql.connect(
            host=where["host"],
            port=where["port"],
            user=user,
            password=user,
            database=self.database,
            cursorclass=pymysql.cursors.DictCursor,
            init_command="SET SESSION lock_wait_timeout = 1,"
            " innodb_lock_wait_timeout = 1, sql_mode = 'NO_ENGINE_SUBSTITUTION'",
            **{"autocommit": True, **options},
        )
        self.addCleanup(connection.close)
        return connection

    def install(self, definer=None):
        """Install the change log.

        :param definer: 'user@host', by default the account of the OCS server
        """
        owner = self.backend._change_log_owner()
        definer = definer or self.ocs_account
        found = setup.ChangeLogState()
        statements = setup.repair(self.sections, definer, found, owner)
        self.run_statements(statements)

    def run_statements(self, statements):
        """Run statements and grant the privileges for daily use, as the wizard does."""
        for statement in [*statements, *setup.grants(self.reader, self.database)]:
            self.sql(statement)

    @property
    def sections(self):
        with self.change_log() as log:
            return log.sections()

    def change_log(self):
        """Return a context manager: the change log adapter on its own session."""
        return self._on_session(lambda work: work.component(usage="change.log"))

    def installer(self):
        """Return a context manager: the installer on its own session."""
        return self._on_session(ChangeLogInstaller)

    @contextmanager
    def _on_session(self, create):
        with self.backend.work_on("ocs.backend") as work:
            yield create(work)

    def inventory(self, external_id=1, **changes):
        """Insert a computer with a row in every section."""
        for table, columns in ROWS.items():
            key = "ID" if table == "hardware" else "HARDWARE_ID"
            row = {key: external_id, **columns, **changes.get(table, {})}
            self.insert(table, **row)

    def logged(self):
        """Return the log as a list of (hardware_id, table, operation)."""
        rows = self.sql("SELECT * FROM hardware_updates ORDER BY id")
        return [
            (row["hardware_id"], row["table_name"], row["operation_type"])
            for row in rows
        ]

    def empty_log(self):
        self.sql("DELETE FROM hardware_updates")

    def check(self):
        """Return the result of the check: (state, its sentences as one text)."""
        with self._on_session(ChangeLogChecker) as checker:
            report = checker.check()
        return report.state, "\n".join(report.sentences)

    def trigger_names(self):
        return {row["Trigger"] for row in self.sql("SHOW TRIGGERS")}

    def expected_names(self):
        return {trigger.name for trigger in triggers(self.sections)}
