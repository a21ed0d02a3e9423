"""Two hosts share the jobs: nothing is lost, and nothing is done twice."""

import time
from math import ceil

import pytest

from dev import ocs_server, odoo_server
from dev.console import Failure
from e2e.conftest import ODOO_DATABASE
from e2e.killed import NAME, POLL, KilledOcs, fleet_reading
from e2e.runners import SECOND, TwoOdoos
from e2e.test_killed import assert_equals_ocs

SIZE = 200
MONITORS = "ocs.monitor.binding"
POLICIES = {
    "chunks": ({"chunk_threshold": 50, "chunk_size": 50}, "import_chunk"),
    "one by one": ({"chunk_threshold": 0}, "import_record"),
}


@pytest.fixture
def ocs():
    ocs_server.build_database(NAME)
    return KilledOcs(SIZE)


@pytest.fixture
def servers(odoo):
    yield
    SECOND.service.stop()
    odoo_server.e2e.start(ODOO_DATABASE)  # for the other tests


@pytest.mark.parametrize("name", POLICIES)
def test_another_runner_takes_over(ocs, servers, name):
    """Only one runner leads. When it is killed, the other one finishes the jobs."""
    policy, method = POLICIES[name]
    odoos = TwoOdoos(ODOO_DATABASE, **policy)
    before = odoos.assets()
    odoos.press_import()
    killed_jobs = odoos.kill_leader(method)
    run = odoos.wait_for_run()
    assert (run["state"], run["message"]) == ("done", False)
    assert_equals_ocs(ocs, odoos)
    assert_no_asset_twice(odoos, before)
    assert killed_jobs or method == "import_record", "Odoo was idle when it was killed."
    assert_shared(odoos.jobs(["done"], method), policy.get("chunk_size", 1), ocs)
    assert odoos.import_all() == 1, "The first run found something to do."
    assert_no_asset_twice(odoos, before)


def assert_no_asset_twice(odoos, before):
    """Assert that each new asset is bound, and to one record in OCS only."""
    bound = [*odoos.bound().values(), *odoos.bound(MONITORS).values()]
    assert len(bound) == len(set(bound))
    assert odoos.assets() - before <= set(bound)


def assert_shared(jobs, size, ocs):
    """Assert that both servers performed jobs, and that no job was superfluous."""
    assert len({job["worker_pid"] for job in jobs}) == 2
    computers = len(fleet_reading(ocs.sql).computers())
    assert len(jobs) == ceil(computers / size)


def test_backend_cannot_be_deleted_during_an_import(ocs, servers):
    """While a chunk is imported, deleting the backend fails."""
    odoos = TwoOdoos(ODOO_DATABASE, chunk_threshold=50, chunk_size=50)
    odoos.press_import()
    while not odoos.jobs(["started", "done"], "import_chunk"):
        time.sleep(POLL / 10)
    with pytest.raises(Failure):
        odoos.delete()
    assert odoos.wait_for_run()["state"] == "done"
    assert_equals_ocs(ocs, odoos)
