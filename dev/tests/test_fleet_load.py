"""Tests that a fleet is loaded into databases of each OCS version."""

import os
import time
from collections import Counter

import pytest
from pymysql.cursors import DictCursor

from dev.fleet import clear, computer_at, generate, load, oddities
from dev.fleet.loader import BATCH
from dev.fleet.schema import Schema

FULL = bool(os.environ.get("OCS_FULL"))
VERSIONS = (7028, 7039, 7049, 7050, 7069, 7081) if FULL else (7028, 7081)
CAPACITIES = """
    SELECT CAPACITY FROM memories WHERE HARDWARE_ID IN %s AND NUMSLOTS = 1
    ORDER BY HARDWARE_ID
"""
SOFTWARES = "SELECT NAME, PUBLISHER, VERSION FROM softwares WHERE HARDWARE_ID = 1"
SOFTWARE = """
    SELECT NAME, IF(PUBLISHER_ID = 1, '', PUBLISHER) AS PUBLISHER,
        IF(VERSION_ID = 1, '', VERSION) AS VERSION
    FROM software JOIN software_name n ON n.ID = NAME_ID
    JOIN software_publisher p ON p.ID = PUBLISHER_ID
    JOIN software_version v ON v.ID = VERSION_ID
    WHERE HARDWARE_ID = 1 ORDER BY software.ID
"""


@pytest.mark.parametrize("version", VERSIONS)
def test_every_row_is_loaded(loaded, version):
    database = loaded(version)
    expected = Counter()
    for computer in generate(200):
        adapted = Schema.of_version(version).adapt(computer.tables)
        expected.update({table: len(found) for table, found in adapted.items()})
    assert {table: database.count(table) for table in expected} == expected
    assert ("archive" in expected) is (version >= 7034)


def test_loading_is_fast(connect):
    connection = connect(7081).connection
    start = time.monotonic()
    load(connection, generate(200), 7081)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("version", VERSIONS)
def test_capacity_has_the_type_of_the_schema(loaded, version):
    names = ("no", "empty", "negative", "overflow", "with_unit")
    owners = [oddities.ids(f"capacity_{name}")[0] for name in names]
    found = [row["CAPACITY"] for row in loaded(version).rows(CAPACITIES, (owners,))]
    texts, numbers = ["No", "", "-1", "2147483647", "8 GB"], [0, 0, -1, 2147483647, 8]
    assert found == (texts if version < 7050 else numbers)


@pytest.mark.parametrize("options", [{}, {"cursorclass": DictCursor}])
def test_values_are_loaded_unchanged(loaded, options):
    database = loaded(7081, **options)
    loaded_rows = database.snapshot()
    for computer in generate(200):
        for table in ("hardware", "bios", "monitors", "networks", "accountinfo"):
            expected = computer.tables.get(table, [])
            found = loaded_rows.get((table, computer.id), [])
            for row, original in zip(found, expected, strict=True):
                assert {**row, **original, "QUALITY": None} == {**row, "QUALITY": None}


@pytest.mark.parametrize(("version", "query"), [(7028, SOFTWARES), (7081, SOFTWARE)])
def test_software_is_readable(loaded, version, query):
    database = loaded(version)
    expected = computer_at(0).tables["software"]
    assert database.rows(query) == database.values(expected)


def test_each_batch_is_committed(connect):
    database, observer = connect(7081), connect(7081)
    committed = []

    def watched():
        for index, computer in enumerate(generate(3 * BATCH)):
            if index % BATCH == 0:
                committed.append(observer.count("accountinfo") > 0)
                committed.append(observer.count("hardware"))
            yield computer

    assert load(database.connection, watched(), 7081) == 3 * BATCH
    orphans = [len(oddities.ids("orphan_children", n * BATCH)) for n in (1, 2)]
    counts = [0, BATCH - orphans[0], 2 * BATCH - orphans[1]]
    assert committed == [False, counts[0], True, counts[1], True, counts[2]]


def test_session_is_restored(loaded):
    mode = loaded(7081, size=3).rows("SELECT @@SESSION.sql_mode AS mode")
    assert "STRICT_TRANS_TABLES" in mode[0]["mode"]


def test_clear_keeps_the_rows_of_ocs(loaded):
    database = loaded(7081, size=5)
    clear(database.connection)
    for table in ("hardware", "software_name", "archive", "bios", "memories"):
        assert not database.count(table)
    kept = database.rows("SELECT * FROM software_publisher")
    assert kept == [{"ID": 1, "PUBLISHER": "Unavailable"}]


def test_commands(ocs_server, connect, dev, tmp_path):
    database = connect(7081)
    password = tmp_path / "password"
    password.write_text(ocs_server["password"] + "\n")
    access = {"password-file": password, "database": ocs_server["databases"]["7081"]}
    access |= {key: ocs_server[key] for key in ("host", "port", "user")}
    options = [f"--{key}={value}" for key, value in access.items()]
    loaded = dev("dev.fleet", "load", "--size=50", *options)
    assert loaded == "50 entries loaded\n"
    assert "already" in dev("dev.fleet", "load", *options)
    assert "New computer" in dev("dev.fleet", "change", *options)
    dev("dev.fleet", "clear", *options)
    assert not database.count("hardware")
