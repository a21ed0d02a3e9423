"""Odoo and MariaDB are killed during imports, and Odoo equals OCS in the end."""

import time
from random import Random

import pytest

from dev import ocs_server
from e2e.conftest import ODOO_DATABASE
from e2e.killed import COMPUTERS, NAME, RUNS, KilledOcs, KilledOdoo, fleet_reading

SIZE = 100
SEED = 1
KILLS = 3


@pytest.fixture
def ocs():
    ocs_server.build_database(NAME)
    return KilledOcs(SIZE)


@pytest.fixture
def killed_odoo(odoo, ocs):
    return KilledOdoo(ODOO_DATABASE)


def test_killed_servers_lose_nothing(ocs, killed_odoo):
    rng = Random(SEED)
    assets, killed_jobs = set(), 0
    for number in range(KILLS):
        killed_odoo.press_import()
        killed_odoo.wait_for_work()
        time.sleep(rng.uniform(0, 1.5))
        if number % 2:
            ocs.kill()
        else:
            killed_jobs += killed_odoo.kill(meanwhile=ocs.pass_a_day)
        assets.update(assets_of(killed_odoo))
    assert killed_jobs, "Odoo was idle each time it was killed."
    killed_odoo.import_all()
    assert_equals_ocs(ocs, killed_odoo)
    assert_nothing_lost(killed_odoo, assets)


def assets_of(killed_odoo):
    return [row["odoo_id"][0] for row in killed_odoo.rows(COMPUTERS, ["odoo_id"])]


def assert_equals_ocs(ocs, killed_odoo):
    """Assert that only computers in OCS have an active asset, with their values."""
    reading = fleet_reading(ocs.sql)
    expected, issues = reading.computers(), reading.issues()
    fields = ["external_id", "active", "removal_action", "removed_since"]
    fields += next(iter(expected.values()))
    found = {row["external_id"]: row for row in killed_odoo.rows(COMPUTERS, fields)}
    active = {key for key, row in found.items() if row["active"]}
    assert active == set(expected)
    for external_id, values in expected.items():
        row = found[external_id]
        assert {name: text(row[name]) for name in values} == {
            name: text(value) for name, value in values.items()
        }
    listed = killed_odoo.rows("ocs.import.issue", ["external_id", "reason"])
    assert {row["external_id"]: row["reason"] for row in listed} == issues
    for row in found.values():
        if not row["active"]:
            assert row["removal_action"] == "archive"


def text(value):
    """Return a value as text, since dates are text in answers of Odoo."""
    return str(value)


def assert_nothing_lost(killed_odoo, assets):
    """Assert that no asset was deleted, and that no run is open."""
    assert assets <= set(assets_of(killed_odoo))
    runs = killed_odoo.rows(RUNS, ["state"])
    assert {run["state"] for run in runs} <= {"done", "failed"}
