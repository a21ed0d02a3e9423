"""A damaged change log: OCS keeps working, and no change is lost."""

import threading
from contextlib import contextmanager

import pymysql
import pytest

from dev import mariadb, ports

from .agent import RequestFailed
from .backend import OCS_ACCOUNT
from .computers import module
from .database import NAME

pytestmark = pytest.mark.parametrize("backend", ["changelog"], indirect=True)

FORMER = "former_ocs"
#: Damages whose errors are handled in the triggers.
DAMAGES = {
    "dropped": "DROP TABLE hardware_updates",
    "other name": "ALTER TABLE hardware_updates RENAME COLUMN table_name TO name",
    "other type": "ALTER TABLE hardware_updates MODIFY table_name INT NOT NULL",
    "constraint": "ALTER TABLE hardware_updates ADD CHECK (hardware_id > 10000)",
    "full": "ALTER TABLE hardware_updates AUTO_INCREMENT = 9223372036854775807",
}


@pytest.fixture
def upgrade(ocs, backend):
    """Import a computer; return a function that adds a memory module to it."""
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    assert backend.import_changed() == 1
    sections["MEMORIES"][1] = module(2)
    return lambda: agent.inventory(sections)


@pytest.fixture
def former_account(ocs):
    """An account that OCS used before, and that is the definer of the triggers."""
    account = f"{FORMER}@'{ports.HOST}'"
    ocs.sql(f"CREATE OR REPLACE USER {account}")
    ocs.sql(f"GRANT ALL ON {NAME}.* TO {account}")
    yield account
    ocs.sql(f"DROP USER IF EXISTS {account}")


def modules(backend):
    """Return the memory modules of the computer in Odoo."""
    return backend.computer(["memory_modules"])["memory_modules"]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_the_next_comparison_finds_changes_missing_from_the_log(
    ocs, backend, upgrade, damage
):
    ocs.sql("DELETE FROM hardware_updates")
    ocs.sql(damage)
    upgrade()
    backend.compare_all()
    assert modules(backend) == "2x8192MB"


def test_an_inventory_waits_for_a_locked_change_log(ocs, backend, upgrade):
    with locked(seconds=2):
        upgrade()
    assert backend.import_changed() == 1
    assert modules(backend) == "2x8192MB"


def test_the_check_warns_about_a_definer_other_than_the_account_of_ocs(
    ocs, backend, upgrade, former_account
):
    """A missing definer stops inventories and cannot be handled in a trigger."""
    backend.change_log("install", definer=f"{FORMER}@{ports.HOST}", admin_user="root")
    state, report = backend.check_change_log()
    assert state == "danger"
    assert f"{FORMER}@{ports.HOST}" in report


def test_the_check_reports_a_dropped_definer(ocs, backend, upgrade, former_account):
    backend.change_log("install", definer=f"{FORMER}@{ports.HOST}", admin_user="root")
    ocs.sql(f"DROP USER {former_account}")
    assert_broken_and_repaired(backend, upgrade)


def test_the_check_reports_a_definer_without_the_trigger_privilege(
    ocs, backend, upgrade, former_account
):
    backend.change_log("install", definer=f"{FORMER}@{ports.HOST}", admin_user="root")
    # ALL but TRIGGER: a server takes no part of ALL back from another one's view
    ocs.sql(f"REVOKE TRIGGER ON {NAME}.* FROM {former_account}")
    assert_broken_and_repaired(backend, upgrade)


def assert_broken_and_repaired(backend, upgrade):
    """Assert that the check fails, and that a repair lets inventories work again."""
    state, report = backend.check_change_log()
    assert state == "broken"
    assert f"{FORMER}@{ports.HOST}" in report
    with pytest.raises(RequestFailed):
        upgrade()
    backend.change_log("repair", definer=OCS_ACCOUNT, admin_user="root")
    assert backend.check_change_log()[0] == "healthy"
    upgrade()
    backend.import_changed()
    assert modules(backend) == "2x8192MB"


def test_remove_drops_the_triggers(ocs, backend, upgrade):
    backend.change_log("remove", drop_table=True, admin_user="root")
    assert backend.check_change_log()[0] == "absent"
    assert not ocs.sql("SHOW TRIGGERS")
    upgrade()
    assert backend.import_changed() == 1
    assert modules(backend) == "2x8192MB"


@contextmanager
def locked(seconds):
    """Lock the whole table of changes for some seconds."""
    connection = pymysql.connect(
        host=ports.HOST,
        port=mariadb.port(),
        user="root",
        password=mariadb.password("root"),
        database=NAME,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM hardware_updates FOR UPDATE")
    timer = threading.Timer(seconds, connection.rollback)
    timer.start()
    try:
        yield
    finally:
        timer.join()
        connection.close()
