"""OCS Inventory databases of any age, loaded from the files of Debian's package."""

from concurrent.futures import ThreadPoolExecutor

from . import apt, mariadb, paths
from .console import Failure, step

PACKAGE = "ocsinventory-reports"
EXTRACTED = paths.DEBIAN / "ocs"
FILES = EXTRACTED / "usr" / "share" / PACKAGE / "files"
BASE = 7039
NEWEST = 7069
BEFORE_28 = 7028
DEMO = "ocsweb"
# Each is the last or first version of a shape the connector has an adapter for.
TEST_VERSIONS = (7028, 7039, 7049, 7050, 7069)
# Odoo's tests and pytest run at the same time: each has databases of its own. This
# variable tells `python3 -m dev mariadb --json` which to name.
CHOICE = "OCS_DEV_DATABASES"
TESTS = "ocs_test"
PYTEST = "ocs_pytest"

# As the web installer does it: the files rely on it.
PREAMBLE = "SET NAMES utf8; SET sql_mode='NO_ENGINE_SUBSTITUTION';\n"

# Takes back what the files 7030 to 7037 did to inventory data. What they did to
# the console's own tables stays: nobody else reads those.
BACK_TO_7028 = """
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

TRACES = """
SELECT COUNT(*) FROM hardware;
SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE();
"""


def test_databases(prefix):
    """Return the names of the test databases that begin with ``prefix``, by version."""
    return {version: f"{prefix}_{version}" for version in TEST_VERSIONS}


def all_test_databases():
    """Return the version of every test database there is to be, by name."""
    sets = (test_databases(prefix) for prefix in (TESTS, PYTEST))
    return {name: version for names in sets for version, name in names.items()}


def ensure():
    """Build the databases that are missing, and the demo's accounts.

    The MariaDB server must be running.
    """
    wanted = {**all_test_databases(), DEMO: NEWEST}
    # A password drawn anew stands for data made anew.
    key = paths.digest(BACK_TO_7028, wanted, mariadb.password("root"))
    stamp = paths.Stamp("ocs_schema", key)
    if stamp.fresh():
        return
    stamp.clear()
    if _has_computers(DEMO):
        del wanted[DEMO]  # the fleet that somebody looks at in Odoo
    with step(f"OCS Inventory databases ({len(wanted)})"):
        fetch()
        with ThreadPoolExecutor() as pool:
            list(pool.map(build, wanted.keys(), wanted.values()))
        mariadb.execute("".join(account_statements(DEMO)))
    stamp.write()


def _has_computers(name):
    """Return whether the database is there and has a computer in it."""
    tables = (
        "SELECT TABLE_NAME FROM information_schema.TABLES"
        f" WHERE TABLE_SCHEMA = '{name}' AND TABLE_NAME = 'hardware'"
    )
    return bool(mariadb.execute(tables)) and mariadb.execute(
        "SELECT COUNT(*) FROM hardware", name
    ) != ["0"]


def ensure_tests(administrator):
    """Build the test databases that are missing on a server that is not ours."""
    there = set(administrator.execute("SHOW DATABASES"))
    missing = {k: v for k, v in all_test_databases().items() if k not in there}
    if not missing:
        return
    with step(f"OCS Inventory databases ({len(missing)})"):
        fetch()
        for name, version in missing.items():
            build(name, version, administrator)


def drop_tests(administrator):
    """Drop all databases that tests made, on a server that is not ours."""
    for name in administrator.execute("SHOW DATABASES"):
        if name.startswith((f"{TESTS}_", f"{PYTEST}_")):
            administrator.execute(f"DROP DATABASE `{name}`")


def refresh(administrator):
    """Build anew the test databases in which a test that was broken off left traces."""
    for name, version in all_test_databases().items():
        if administrator.execute(TRACES, name) != ["0", "0"]:
            build(name, version, administrator)


def fetch():
    """Make sure of the schema's files."""
    if not EXTRACTED.exists():
        apt.extract(EXTRACTED, PACKAGE)


def build(name, version, administrator=None):
    """Create the database ``name`` anew, as OCS with GUI_VERSION ``version`` has it.

    :param version: 7028, or 7039 to 7069
    :param administrator: of another server than ours
    """
    administrator = administrator or mariadb.administrator()
    script = [f"DROP DATABASE IF EXISTS `{name}`;\n"]
    script.append(f"CREATE DATABASE `{name}` CHARACTER SET utf8 COLLATE utf8_bin;\n")
    script.append(f"USE `{name}`;\n")
    script += [PREAMBLE + path.read_text() + "\n;\n" for path in files(version)]
    if version == BEFORE_28:
        script.append(BACK_TO_7028)
    script.append(f"UPDATE config SET TVALUE='{version}' WHERE NAME='GUI_VERSION';\n")
    # Some of the files change what is not there: OCS's own installer goes on, too.
    administrator.execute("".join(script), force=True)
    _check(name, version, administrator)


def files(version):
    """Return the files that make the schema of ``version``, in their order."""
    if version != BEFORE_28 and not BASE <= version <= NEWEST:
        raise Failure(
            f"There is no recipe for an OCS database of version {version}.",
            f"Choose {BEFORE_28}, or {BASE} to {NEWEST}.",
        )
    updates = range(BASE + 1, version + 1)
    found = [FILES / "update" / f"{number}.sql" for number in updates]
    return [FILES / "ocsbase_new.sql", *found]


def _check(name, version, administrator):
    sql = "SELECT TVALUE FROM config WHERE NAME='GUI_VERSION'"
    found = administrator.execute(sql, name)
    if found != [str(version)]:
        raise Failure(
            f"The database {name} was not built: its version is {found}.",
            "Remove everything with `make clean` and start again.",
        )


def account_statements(database):
    """Return the SQL that lets two accounts into ``database``.

    ``ocs`` is what an OCS server uses, ``odoo_reader`` what the connector uses.
    """
    for user, rights in (("ocs", "ALL"), ("odoo_reader", "SELECT")):
        for host in ("localhost", "127.0.0.1"):
            account = f"{user}@'{host}'"
            password = mariadb.password(user)
            yield f"CREATE USER IF NOT EXISTS {account};\n"
            yield f"ALTER USER {account} IDENTIFIED BY '{password}';\n"
            yield f"GRANT {rights} ON {database}.* TO {account};\n"
