"""OCS Inventory databases of several versions.

They are built from files of Debian's package, and from ``ocs_updates`` for OCS 2.12.
"""

import os
import re
from concurrent.futures import ThreadPoolExecutor

from . import apt, mariadb, paths
from .console import Failure, step
from .ocs_updates import UPDATES

PACKAGE = "ocsinventory-reports"
EXTRACTED = paths.DEBIAN / "ocs"
FILES = EXTRACTED / "usr" / "share" / PACKAGE / "files"
BASE = 7039
NEWEST_FILE = 7069
NEWEST = max(UPDATES)
BEFORE_28 = 7028
DEMO = "ocsweb"
# The first or last versions of the schemas for which the connector has an adapter.
TEST_VERSIONS = (7028, 7039, 7049, 7050, 7069, NEWEST)
# The tests of the addons and the other tests run in parallel, in separate databases.
# This environment variable is the prefix of those that `python3 -m dev mariadb --json`
# returns.
PREFIX_VARIABLE = "OCS_DEV_DATABASES"
TESTS = "ocs_test"
PYTEST = "ocs_pytest"

# The web installer sets these as well: the files rely on them.
PREAMBLE = "SET NAMES utf8; SET sql_mode='NO_ENGINE_SUBSTITUTION';\n"

# Reverts what the files 7030 to 7037 change in the tables of inventories. Their changes
# to the tables of the console stay, since nothing else reads those.
DOWNGRADE_TO_7028 = """
DROP TABLE archive, software, software_name, software_publisher, software_version;
ALTER TABLE hardware DROP COLUMN ARCHIVE;
ALTER TABLE deleted_equiv DROP COLUMN ID;
ALTER TABLE devices DROP COLUMN ID;
CREATE TABLE softwares (
  ID INT NOT NULL AUTO_INCREMENT,
  HARDWARE_ID INT NOT NULL,
  PUBLISHER VARCHAR(255) DEFAULT NULL,
  NAME VARCHAR(255) DEFAULT NULL,
  VERSION VARCHAR(255) DEFAULT NULL,
  FOLDER TEXT DEFAULT NULL,
  COMMENTS TEXT DEFAULT NULL,
  FILENAME VARCHAR(255) DEFAULT NULL,
  FILESIZE INT DEFAULT 0,
  SOURCE INT DEFAULT NULL,
  GUID VARCHAR(255) DEFAULT NULL,
  LANGUAGE VARCHAR(255) DEFAULT NULL,
  INSTALLDATE DATETIME DEFAULT NULL,
  BITSWIDTH INT DEFAULT NULL,
  PRIMARY KEY (ID),
  KEY HARDWARE_ID (HARDWARE_ID),
  KEY NAME (NAME),
  KEY VERSION (VERSION)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
"""

#: A table in a statement of the documentation.
GRANTED = re.compile(r"GRANT SELECT ON ocsweb\.(\w+) TO")

COUNT_LEFTOVERS = """
SELECT COUNT(*) FROM hardware;
SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE();
"""


def test_databases(prefix):
    """Return {version: name} of the test databases with a prefix."""
    return {version: f"{prefix}_{version}" for version in TEST_VERSIONS}


def all_test_databases():
    """Return {name: version} of all test databases."""
    sets = (test_databases(prefix) for prefix in (TESTS, PYTEST))
    return {name: version for names in sets for version, name in names.items()}


def ensure():
    """Build missing databases, and the accounts of the demo.

    The MariaDB server must be running.
    """
    wanted = {**all_test_databases(), DEMO: NEWEST}
    # A new password means that the data are new.
    password, tables = mariadb.password("root"), documented_tables()
    key = paths.digest(DOWNGRADE_TO_7028, UPDATES, wanted, password, tables)
    stamp = paths.Stamp("ocs_schema", key)
    if stamp.fresh():
        return
    stamp.clear()
    if _has_computers(DEMO):
        del wanted[DEMO]  # keep the fleet of the demo
    with step(f"Build {len(wanted)} OCS Inventory databases"):
        fetch()
        with ThreadPoolExecutor() as pool:
            list(pool.map(build, wanted.keys(), wanted.values()))
        mariadb.execute("".join(account_statements(DEMO)))
    stamp.write()


def _has_computers(name):
    """Return whether the database exists and contains computers."""
    tables = (
        "SELECT TABLE_NAME FROM information_schema.TABLES"
        f" WHERE TABLE_SCHEMA = '{name}' AND TABLE_NAME = 'hardware'"
    )
    return bool(mariadb.execute(tables)) and mariadb.execute(
        "SELECT COUNT(*) FROM hardware", name
    ) != ["0"]


def ensure_tests(administrator):
    """Build missing test databases on an external server."""
    there = set(administrator.execute("SHOW DATABASES"))
    prefix = os.environ.get(PREFIX_VARIABLE, "")
    missing = {
        name: version
        for name, version in all_test_databases().items()
        if name not in there and name.startswith(prefix)
    }
    if not missing:
        return
    with step(f"Build {len(missing)} OCS Inventory databases"):
        fetch()
        with ThreadPoolExecutor() as pool:
            same = [administrator] * len(missing)
            list(pool.map(build, missing.keys(), missing.values(), same))


def drop_tests(administrator):
    """Drop all test databases of an external server."""
    for name in administrator.execute("SHOW DATABASES"):
        if name.startswith((f"{TESTS}_", f"{PYTEST}_")):
            administrator.execute(f"DROP DATABASE `{name}`")


def refresh(administrator):
    """Rebuild the test databases in which an interrupted test has left data."""
    for name, version in all_test_databases().items():
        if administrator.execute(COUNT_LEFTOVERS, name) != ["0", "0"]:
            build(name, version, administrator)


def fetch():
    """Extract the files of the schema, if necessary."""
    if not EXTRACTED.exists():
        apt.extract(EXTRACTED, PACKAGE)


def build(name, version, administrator=None):
    """Create the OCS database ``name``; drop an existing one.

    :param version: its GUI_VERSION: 7028, or 7039 to 7081
    :param administrator: that of our own server by default
    """
    administrator = administrator or mariadb.administrator()
    script = [f"DROP DATABASE IF EXISTS `{name}`;\n"]
    script.append(f"CREATE DATABASE `{name}` CHARACTER SET utf8 COLLATE utf8_bin;\n")
    script.append(f"USE `{name}`;\n")
    parts = [path.read_text() for path in files(version)]
    parts += [sql for number, sql in UPDATES.items() if number <= version]
    script += [f"{PREAMBLE}{part}\n;\n" for part in parts]
    if version == BEFORE_28:
        script.append(DOWNGRADE_TO_7028)
    script.append(f"UPDATE config SET TVALUE='{version}' WHERE NAME='GUI_VERSION';\n")
    # Some files change tables that do not exist; OCS's installer ignores these errors.
    administrator.execute("".join(script), force=True)
    _check(name, version, administrator)


def files(version):
    """Return the files of the schema of ``version``, in the order to run them."""
    if version != BEFORE_28 and not BASE <= version <= NEWEST:
        raise Failure(
            f"OCS databases of version {version} are not supported.",
            f"Choose {BEFORE_28}, or {BASE} to {NEWEST}.",
        )
    updates = range(BASE + 1, min(version, NEWEST_FILE) + 1)
    found = [FILES / "update" / f"{number}.sql" for number in updates]
    return [FILES / "ocsbase_new.sql", *found]


def _check(name, version, administrator):
    sql = "SELECT TVALUE FROM config WHERE NAME='GUI_VERSION'"
    found = administrator.execute(sql, name)
    if found != [str(version)]:
        raise Failure(
            f"Building the database {name} failed: its version is {found}.",
            "Run `make clean`, then try again.",
        )


def account_statements(database):
    """Yield SQL that gives two accounts access to ``database``.

    The OCS server uses ``ocs``. The connector uses ``odoo_reader``, which has the
    privileges that its documentation names; the tables must exist.
    """
    tables = [f"{database}.{table}" for table in documented_tables()]
    for user, privilege, objects in (
        ("ocs", "ALL", [f"{database}.*"]),
        ("odoo_reader", "SELECT", tables),
    ):
        for host in ("localhost", "127.0.0.1"):
            account = f"{user}@'{host}'"
            password = mariadb.password(user)
            yield f"CREATE USER IF NOT EXISTS {account};\n"
            yield f"ALTER USER {account} IDENTIFIED BY '{password}';\n"
            for each in objects:
                yield f"GRANT {privilege} ON {each} TO {account};\n"


def documented_tables():
    """Return the tables that the READMEs of the addons let the connector read."""
    found = set()
    for path in paths.ROOT.glob("connector_ocs*/readme/*.md"):
        found.update(GRANTED.findall(path.read_text()))
    return sorted(found)
