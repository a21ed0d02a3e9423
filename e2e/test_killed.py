"""Odoo and MariaDB die while they import, and in the end Odoo is what OCS is."""

import time
from random import Random

import pytest

from dev import ocs_server
from e2e.conftest import ODOO_DATABASE
from e2e.killed import COMPUTERS, NAME, RUNS, DyingOcs, DyingOdoo, fleet_reading

SIZE = 100
SEED = 1
DEATHS = 3


@pytest.fixture
def ocs():
    ocs_server.build_database(NAME)
    return DyingOcs(SIZE)


@pytest.fixture
def dying_odoo(odoo, ocs):
    return DyingOdoo(ODOO_DATABASE)


def test_killed(ocs, dying_odoo):
    rng = Random(SEED)
    assets, dead_jobs = set(), 0
    for death in range(DEATHS):
        dying_odoo.press_import()
        dying_odoo.wait_for_work()
        time.sleep(rng.uniform(0, 1.5))
        if death % 2:
            ocs.die()
        else:
            dead_jobs += dying_odoo.die(meanwhile=ocs.pass_a_day)
        assets.update(assets_of(dying_odoo))
    assert dead_jobs, "Odoo was idle whenever it was killed."
    dying_odoo.settle()
    assert_equals_ocs(ocs, dying_odoo)
    assert_nothing_lost(dying_odoo, assets)


def assets_of(dying_odoo):
    return [row["odoo_id"][0] for row in dying_odoo.rows(COMPUTERS, ["odoo_id"])]


def assert_equals_ocs(ocs, dying_odoo):
    """Every computer has one active asset with its values, and no other has one."""
    reading = fleet_reading(ocs.sql)
    expected, issues = reading.computers(), reading.issues()
    fields = ["external_id", "active", "removal_action", "removed_since"]
    fields += next(iter(expected.values()))
    found = {row["external_id"]: row for row in dying_odoo.rows(COMPUTERS, fields)}
    active = {key for key, row in found.items() if row["active"]}
    assert active == set(expected)
    for external_id, values in expected.items():
        row = found[external_id]
        assert {name: text(row[name]) for name in values} == {
            name: text(value) for name, value in values.items()
        }
    listed = dying_odoo.rows("ocs.import.issue", ["external_id", "reason"])
    assert {row["external_id"]: row["reason"] for row in listed} == issues
    for row in found.values():
        if not row["active"]:
            assert row["removal_action"] == "archive"


def text(value):
    """Dates come as text from Odoo."""
    return str(value)


def assert_nothing_lost(dying_odoo, assets):
    """Every asset there ever was is there, and no run is open."""
    assert assets <= set(assets_of(dying_odoo))
    runs = dying_odoo.rows(RUNS, ["state"])
    assert {run["state"] for run in runs} <= {"done", "failed"}
