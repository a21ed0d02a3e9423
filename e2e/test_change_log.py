"""A change log that is damaged: OCS goes on, and nothing is missed in the end."""

import threading
from contextlib import contextmanager

import pymysql
import pytest

from dev import mariadb, ports

from .agent import Refused
from .backend import OCS_ACCOUNT
from .computers import module
from .database import NAME

pytestmark = pytest.mark.parametrize("backend", ["changelog"], indirect=True)

FORMER = "former_ocs"
#: What a handler in a trigger catches.
DAMAGES = {
    "dropped": "DROP TABLE hardware_updates",
    "other name": "ALTER TABLE hardware_updates RENAME COLUMN table_name TO name",
    "other type": "ALTER TABLE hardware_updates MODIFY table_name INT NOT NULL",
    "constraint": "ALTER TABLE hardware_updates ADD CHECK (hardware_id > 10000)",
    "full": "ALTER TABLE hardware_updates AUTO_INCREMENT = 9223372036854775807",
}


@pytest.fixture
def upgrade(ocs, backend):
    """A computer that Odoo imported: lets its next inventory have another module."""
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    assert backend.import_changed() == 1
    sections["MEMORIES"][1] = module(2)
    return lambda: agent.inventory(sections)


@pytest.fixture
def former_account(ocs):
    """An account that OCS used once: the triggers run with its rights."""
    account = f"{FORMER}@'{ports.HOST}'"
    ocs.sql(f"CREATE OR REPLACE USER {account}")
    ocs.sql(f"GRANT ALL ON {NAME}.* TO {account}")
    yield account
    ocs.sql(f"DROP USER IF EXISTS {account}")


def modules(backend):
    """What Odoo knows of the computer's memory."""
    return backend.computer(["memory_modules"])["memory_modules"]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_the_next_comparison_finds_what_the_log_missed(ocs, backend, upgrade, damage):
    ocs.sql("DELETE FROM hardware_updates")
    ocs.sql(damage)
    upgrade()
    backend.compare_all()
    assert modules(backend) == "2x8192MB"


def test_a_change_waits_for_a_lock(ocs, backend, upgrade):
    with locked(seconds=2):
        upgrade()
    assert backend.import_changed() == 1
    assert modules(backend) == "2x8192MB"


def test_the_check_tells_of_a_definer_in_danger(ocs, backend, upgrade, former_account):
    """What no handler catches, and stops inventories: it is said before."""
    backend.change_log("install", definer=f"{FORMER}@{ports.HOST}", admin_user="root")
    state, report = backend.check_change_log()
    assert state == "danger"
    assert f"{FORMER}@{ports.HOST}" in report


def test_the_check_is_red_before_a_dropped_definer_stops_inventories(
    ocs, backend, upgrade, former_account
):
    backend.change_log("install", definer=f"{FORMER}@{ports.HOST}", admin_user="root")
    ocs.sql(f"DROP USER {former_account}")
    assert_broken_then_mended(backend, upgrade)


def test_the_check_is_red_before_a_lost_right_stops_inventories(
    ocs, backend, upgrade, former_account
):
    backend.change_log("install", definer=f"{FORMER}@{ports.HOST}", admin_user="root")
    # ALL but TRIGGER: a server takes no part of ALL back from another one's view
    ocs.sql(f"REVOKE TRIGGER ON {NAME}.* FROM {former_account}")
    assert_broken_then_mended(backend, upgrade)


def assert_broken_then_mended(backend, upgrade):
    """The check turns red first; Repair puts it right, and the change arrives."""
    state, report = backend.check_change_log()
    assert state == "broken"
    assert f"{FORMER}@{ports.HOST}" in report
    with pytest.raises(Refused):
        upgrade()
    backend.change_log("repair", definer=OCS_ACCOUNT, admin_user="root")
    assert backend.check_change_log()[0] == "healthy"
    upgrade()
    backend.import_changed()
    assert modules(backend) == "2x8192MB"


def test_removed_without_a_trace(ocs, backend, upgrade):
    backend.change_log("remove", drop_table=True, admin_user="root")
    assert backend.check_change_log()[0] == "absent"
    assert not ocs.sql("SHOW TRIGGERS")
    upgrade()
    assert backend.import_changed() == 1
    assert modules(backend) == "2x8192MB"


@contextmanager
def locked(seconds):
    """Somebody holds a lock on the whole change table, and lets it go by and by."""
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
