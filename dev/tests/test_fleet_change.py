"""Tests that changes of a fleet are written to the database as OCS does."""

import os
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from dev.fleet import NOW, change, oddities
from dev.fleet.day import Day, NoSuitableComputer
from dev.fleet.engine import Engine
from dev.fleet.session import ocs_session

FULL = bool(os.environ.get("OCS_FULL"))
VERSIONS = (7028, 7039, 7069, 7081) if FULL else (7081,)
DAYS = 30 if FULL else 10
LATER = NOW + timedelta(hours=1)
# The tables that a change writes, and the number of computers.
TOUCHED = {
    change.ram_upgrade: ({"hardware", "memories"}, 1),
    change.gpu_swap: ({"hardware", "videos"}, 1),
    change.monitor_move: ({"hardware", "monitors"}, 2),
    change.rename: ({"hardware"}, 1),
    change.mainboard_swap: ({"hardware", "bios", "networks"}, 1),
    change.tag_change: ({"accountinfo"}, 1),
    change.archiving: ({"hardware", "archive"}, 1),
    change.unarchiving: ({"hardware", "archive"}, 1),
    change.unchanged_inventory: ({"hardware"}, 1),
    change.forced_inventory: ({"hardware"}, 1),
}
OF_28 = (change.archiving, change.unarchiving)
IN_CONSOLE = (change.tag_change, *OF_28)


@contextmanager
def a_day(database):
    with ocs_session(database.connection) as cursor:
        yield Day(Engine(database.connection, cursor, LATER))


def perform(database, action):
    """Perform a change; return its description, the snapshot before, the difference."""
    before = database.snapshot()
    with a_day(database) as day:
        sentence = action(day)
    return sentence, before, database.difference(before)


def owner_of(touched, table):
    (owner,) = (owner for name, owner in touched if name == table)
    return owner


@pytest.mark.parametrize("version", VERSIONS)
def test_each_change_writes_the_same_tables_as_ocs(loaded, version):
    database = loaded(version)
    for action, (tables, computers) in TOUCHED.items():
        if action in OF_28 and version < 7034:
            continue
        sentence, before, touched = perform(database, action)
        owners = {owner for _table, owner in touched}
        assert {table for table, _owner in touched} == tables, sentence
        assert len(owners) == computers, sentence
        after = database.snapshot()
        for owner in owners:
            (old,), (new,) = before["hardware", owner], after["hardware", owner]
            date = old["LASTDATE"] if action in IN_CONSOLE else LATER
            assert new["LASTDATE"] == date, sentence
            assert new["NAME"] in sentence


@pytest.mark.parametrize("action", [change.ram_upgrade, change.forced_inventory])
def test_rewritten_section_has_new_row_ids(loaded, action):
    database = loaded(7081)
    _sentence, before, touched = perform(database, action)
    owner = owner_of(touched, "hardware")
    old = {row["ID"] for row in before["memories", owner]}
    new = {row["ID"] for row in database.snapshot()["memories", owner]}
    assert len(old) == len(new)
    assert not old & new


def test_every_inventory_inserts_bios_again(loaded):
    database = loaded(7081)
    count = database.count("bios")
    statements = []
    with a_day(database) as day:
        execute = day.engine.cursor.execute

        def watched(statement, arguments=None):
            statements.append(statement)
            return execute(statement, arguments)

        day.engine.cursor.execute = watched
        change.unchanged_inventory(day)
    assert any(text.startswith("DELETE FROM `bios`") for text in statements)
    assert database.count("bios") == count


def test_ram_upgrade_is_described(loaded):
    database = loaded(7081)
    sentence, before, touched = perform(database, change.ram_upgrade)
    owner = owner_of(touched, "memories")
    after = database.snapshot()
    old, new = (change.ram(found["memories", owner]) for found in (before, after))
    name = after["hardware", owner][0]["NAME"]
    assert old != new
    assert sentence == f"RAM upgrade on {name}: {old} → {new}"


def test_moved_monitor_is_unchanged(loaded):
    database = loaded(7081)
    _sentence, before, touched = perform(database, change.monitor_move)
    moved = [key for key in touched if key[0] == "monitors"]
    after = database.snapshot()
    old, new = (
        [str(row) for key in moved for row in database.values(found[key])]
        for found in (before, after)
    )
    assert sorted(old) == sorted(new)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("action", "come", "go"),
    [
        (change.new_computer, 1, 0),
        (change.deletion, 0, 1),
        (change.reinstallation, 1, 1),
    ],
)
def test_computers_are_added_and_deleted(loaded, version, action, come, go):
    database = loaded(version)
    _sentence, before, touched = perform(database, action)
    old, new = (
        {owner for _table, owner in found} for found in (before, database.snapshot())
    )
    assert (len(new - old), len(old - new)) == (come, go)
    assert {owner for _table, owner in touched} == old ^ new


def test_reinstallation_keeps_the_tag_and_is_traced(loaded):
    database = loaded(7081)
    trace_deleted(database, 1)
    try:
        _sentence, before, _touched = perform(database, change.reinstallation)
    finally:
        trace_deleted(database, 0)
    (trace,) = database.rows("SELECT DELETED, EQUIVALENT FROM deleted_equiv")
    old, new = int(trace["DELETED"]), int(trace["EQUIVALENT"])
    (tag,) = database.rows("SELECT TAG FROM accountinfo WHERE HARDWARE_ID = %s", (new,))
    assert database.values(before["accountinfo", old]) == [tag]


def trace_deleted(database, value):
    change_it = "UPDATE config SET IVALUE = %s WHERE NAME = 'TRACE_DELETED'"
    with database.connection.cursor() as cursor:
        cursor.execute(change_it, (value,))
    database.connection.commit()


@pytest.mark.parametrize("version", VERSIONS)
def test_different_computers_change_every_day(loaded, version):
    database = loaded(version)
    yesterday = set()
    for number in range(1, 6):
        before = database.snapshot()
        change.apply(database.connection, NOW + timedelta(days=number))
        difference = database.difference(before)
        touched = {owner for _table, owner in difference}
        assert not touched & yesterday
        # A computer from the archive may change next: its last inventory is old.
        yesterday = touched - {
            owner for table, owner in difference if table == "archive"
        }


@pytest.mark.parametrize("version", VERSIONS)
def test_days_do_not_exhaust_a_fleet(loaded, version):
    database = loaded(version)
    fresh, choice = database.snapshot(), available(database)
    expected = len(change.CHANGES) - (0 if version >= 7034 else len(OF_28))
    for number in range(1, DAYS + 1):
        sentences = change.apply(database.connection, NOW + timedelta(days=number))
        assert len(sentences) == expected, sentences
    assert abs(available(database) - choice) < 3
    odd = {owner for name in oddities.ODDITIES for owner in oddities.ids(name)}
    odd -= set(oddities.ids("archived"))
    assert not odd & {owner for _table, owner in database.difference(fresh)}


def available(database):
    """Return how many computers a day can choose from."""
    taken = 0
    with a_day(database) as day, suppress(NoSuitableComputer):
        while day.pick():
            taken += 1
    return taken


@pytest.mark.parametrize("size", (0, 1, 30))
def test_small_fleets_change(loaded, size):
    database = loaded(7081, size=size)
    for number in range(1, 16):
        sentences = change.apply(database.connection, NOW + timedelta(days=number))
        assert any("New computer" in sentence for sentence in sentences)
