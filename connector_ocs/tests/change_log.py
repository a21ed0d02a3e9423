# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""A real OCS database with a change log, for the tests that need one."""

import secrets

import pymysql

from ..lib import change_log_setup as setup
from ..lib.change_log import quote_account, split_account, triggers
from .live import LiveCase, server

#: A row for each section: an inventory of one computer.
ROWS = {
    "hardware": {"NAME": "PC-1", "DEVICEID": "PC-1-2024-01-15-10-00-00"},
    "bios": {"SSN": "SER1"},
    "accountinfo": {"TAG": "Paris"},
    "memories": {"CAPACITY": "8192"},
    "videos": {"NAME": "Card 1"},
    "monitors": {"CAPTION": "S1"},
    "networks": {"MACADDR": "00:1B:21:AA:BB:01"},
    "cpus": {"TYPE": "Intel Core i5"},
    "storages": {"NAME": "sda"},
    "drives": {"LETTER": "C:"},
}

#: The table that an earlier script of somebody's made, with a row of its own.
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


class ChangeLogCase(LiveCase):
    """An OCS server with an account of its own, and a backend that may only read.

    ``ocs_account`` is the account of the OCS server, ``reader`` that of the backend
    with the rights for daily use.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root_password = cls.backend.password
        cls.ocs_account = cls.create_account(f"ALL ON {cls.database}.*")
        cls.reader = cls.create_account(f"SELECT ON {cls.database}.*")
        cls.grant_daily_use()
        cls.backend.change_log_account = cls.ocs_account
        cls.use(cls.reader)

    @classmethod
    def grant_daily_use(cls):
        """Rights on a table need it to be there, and stay when it goes."""
        cls.sql("CREATE TABLE hardware_updates (id INT)")
        for grant in setup.grants(cls.reader, cls.database):
            cls.sql(grant)
        cls.sql("DROP TABLE hardware_updates")

    @classmethod
    def create_account(cls, *grants, host="127.0.0.1"):
        """An account of the database server; its password is its name.

        :return: 'user@host'
        """
        account = f"test_{secrets.token_hex(6)}@{host}"
        user, _host = split_account(account)
        cls.sql(f"CREATE USER {quote_account(account)} IDENTIFIED BY '{user}'")
        cls.addClassCleanup(cls.sql, f"DROP USER IF EXISTS {quote_account(account)}")
        for grant in grants:
            cls.sql(f"GRANT {grant} TO {quote_account(account)}")
        return account

    @classmethod
    def use(cls, account):
        """Make the backend use an account."""
        user, _host = split_account(account)
        cls.backend.write({"user": user, "password": user})

    def setUp(self):
        super().setUp()
        self.addCleanup(self._remove)

    def _remove(self):
        for row in self.sql("SHOW TRIGGERS"):
            self.sql(f"DROP TRIGGER `{row['Trigger']}`")
        for kind in ("VIEW", "TABLE"):
            self.sql(f"DROP {kind} IF EXISTS hardware_updates")

    def connect(self, account=None, **options):
        """A connection as an account, OCS's unless told otherwise, that waits 1 s."""
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
        """Install the change log as the OCS server's account."""
        for statement in setup.install(self.sections, definer or self.ocs_account):
            self.sql(statement)

    @property
    def sections(self):
        with self.change_log() as log:
            return log.sections()

    def change_log(self):
        """The adapter of the change log, on a session of its own."""
        return _Component(self.backend, "change.log")

    def installer(self):
        return _Component(self.backend, "change.log.installer")

    def inventory(self, external_id=1, **changes):
        """Insert a computer with a row in every section."""
        for table, columns in ROWS.items():
            key = "ID" if table == "hardware" else "HARDWARE_ID"
            row = {key: external_id, **columns, **changes.get(table, {})}
            self.insert(table, **row)

    def logged(self):
        """What the log holds, as a list of (hardware_id, table, operation)."""
        rows = self.sql("SELECT * FROM hardware_updates ORDER BY id")
        return [
            (row["hardware_id"], row["table_name"], row["operation_type"])
            for row in rows
        ]

    def empty_log(self):
        self.sql("DELETE FROM hardware_updates")

    def check(self):
        """What the check finds: (state, its sentences as one text)."""
        with self.change_log() as log:
            report = log.check()
        return report.state, "\n".join(report.sentences)

    def trigger_names(self):
        return {row["Trigger"] for row in self.sql("SHOW TRIGGERS")}

    def wanted_names(self):
        return {trigger.name for trigger in triggers(self.sections)}


class _Component:
    """A component of the backend, on a session that ends with the block."""

    def __init__(self, backend, usage):
        self._work, self._usage = backend.work_on("ocs.backend"), usage

    def __enter__(self):
        return self._work.__enter__().component(usage=self._usage)

    def __exit__(self, *exception):
        return self._work.__exit__(*exception)
