"""Fixtures: OCS databases with a fleet, on the server of ``python3 -m dev mariadb``."""

import json
import subprocess
import sys
from pathlib import Path

import pymysql
import pytest

from dev.fleet import clear, generate, load
from dev.fleet.schema import SECTIONS
from dev.fleet.session import fetch

ROOT = Path(__file__).parents[2]
COMPARED = ("hardware", "bios", "accountinfo", "archive", *SECTIONS, "softwares")
ROW_IDS = ("ID", "HARDWARE_ID")
TABLES = """
    SELECT TABLE_NAME AS name FROM information_schema.TABLES
    WHERE TABLE_SCHEMA = DATABASE()
"""


class Database:
    """An OCS database for a test."""

    def __init__(self, connection):
        self.connection = connection

    def rows(self, query, arguments=()):
        """Return committed rows, without leaving a transaction open."""
        self.connection.commit()
        with self.connection.cursor() as cursor:
            found = fetch(cursor, query, arguments)
        self.connection.commit()
        return found

    def count(self, table):
        return self.rows(f"SELECT COUNT(*) AS number FROM `{table}`")[0]["number"]

    def snapshot(self):
        """Return all rows as {(table, hardware ID): [row]}."""
        found = {}
        tables = {row["name"] for row in self.rows(TABLES)}
        for table in tables.intersection(COMPARED):
            for row in self.rows(f"SELECT * FROM `{table}` ORDER BY 1"):
                owner = row["ID" if table == "hardware" else "HARDWARE_ID"]
                found.setdefault((table, owner), []).append(row)
        return found

    def difference(self, before):
        """Return the keys (table, hardware ID) whose values differ from a snapshot."""
        after = self.snapshot()
        return {
            key
            for key in before.keys() | after.keys()
            if self.values(before.get(key, ())) != self.values(after.get(key, ()))
        }

    @staticmethod
    def values(rows):
        """Return the rows without their IDs, which every inventory changes."""
        return [{k: v for k, v in row.items() if k not in ROW_IDS} for row in rows]


@pytest.fixture(scope="session")
def dev():
    """Run a module of this package and return its output."""

    def run(*arguments):
        command = [sys.executable, "-m", *arguments]
        return subprocess.check_output(command, cwd=ROOT, text=True)

    return run


@pytest.fixture(scope="session")
def ocs_server(dev):
    """Return how to connect; stop the server afterwards if it was not running."""
    facts = json.loads(dev("dev", "mariadb", "--json"))
    yield facts
    if facts["started"]:
        dev("dev", "mariadb", "--stop")


@pytest.fixture
def connect(ocs_server):
    """Connect to the database of a version, which is empty before and after a test."""
    databases = []

    def open_connection(version, **options):
        name = ocs_server["databases"][str(version)]
        account = {key: ocs_server[key] for key in ("host", "port", "user", "password")}
        database = Database(pymysql.connect(**account, database=name, **options))
        if not databases:
            # Parallel runs of these tests take turns. Existing data are not deleted.
            database.rows("SELECT GET_LOCK(%s, 600)", (name,))
            assert not database.count("hardware"), f"{name} is in use"
        databases.append(database)
        return database

    yield open_connection
    for database in databases:
        database.connection.rollback()
    if databases:
        clear(databases[0].connection)
    for database in databases:
        database.connection.close()


@pytest.fixture
def loaded(connect):
    """Load the fleet into the database of a version."""

    def load_fleet(version, size=200, **options):
        database = connect(version, **options)
        load(database.connection, generate(size), version)
        return database

    return load_fleet
