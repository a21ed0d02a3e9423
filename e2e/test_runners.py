"""Two hosts share the work: nothing is lost and nothing is done twice."""

import time
from math import ceil

import pytest

from dev import ocs_server, odoo_server
from dev.console import Failure
from e2e.conftest import ODOO_DATABASE
from e2e.killed import NAME, POLL, DyingOcs, fleet_reading
from e2e.runners import SECOND, TwoOdoos
from e2e.test_killed import assert_equals_ocs

SIZE = 200
MONITORS = "ocs.monitor.binding"
WAYS = {
    "pages": ({"chunk_threshold": 50, "chunk_size": 50}, "import_chunk"),
    "one by one": ({"chunk_threshold": 0}, "import_record"),
}


@pytest.fixture
def ocs():
    ocs_server.build_database(NAME)
    return DyingOcs(SIZE)


@pytest.fixture
def servers(odoo):
    yield
    SECOND.service.stop()
    odoo_server.e2e.start(ODOO_DATABASE)  # for the other tests


@pytest.mark.parametrize("way", WAYS)
def test_another_runner_takes_over(ocs, servers, way):
    """Only one runner leads. It dies at work, and the other one ends that work."""
    policy, method = WAYS[way]
    odoos = TwoOdoos(ODOO_DATABASE, **policy)
    before = odoos.assets()
    odoos.press_import()
    dead = odoos.leader_dies(method)
    run = odoos.wait_for_run()
    assert (run["state"], run["message"]) == ("done", False)
    assert_equals_ocs(ocs, odoos)
    assert_no_asset_twice(odoos, before)
    assert dead or method == "import_record", "Odoo was idle when it was killed."
    assert_shared(odoos.jobs(["done"], method), policy.get("chunk_size", 1), ocs)
    assert odoos.settle() == 1, "Something was left to do."
    assert_no_asset_twice(odoos, before)


def assert_no_asset_twice(odoos, before):
    """Each asset that has come is bound, and to one thing in OCS only."""
    bound = [*odoos.bound().values(), *odoos.bound(MONITORS).values()]
    assert len(bound) == len(set(bound))
    assert odoos.assets() - before <= set(bound)


def assert_shared(jobs, size, ocs):
    """Both Odoos did some of the jobs, and there are no more than it takes."""
    assert len({job["worker_pid"] for job in jobs}) == 2
    computers = len(fleet_reading(ocs.sql).computers())
    assert len(jobs) == ceil(computers / size)


def test_backend_is_deleted_at_work(ocs, servers):
    """Whoever deletes it is told to archive it instead: a page is being imported."""
    odoos = TwoOdoos(ODOO_DATABASE, chunk_threshold=50, chunk_size=50)
    odoos.press_import()
    while not odoos.jobs(["started", "done"], "import_chunk"):
        time.sleep(POLL / 10)
    with pytest.raises(Failure):
        odoos.delete()
    assert odoos.wait_for_run()["state"] == "done"
    assert_equals_ocs(ocs, odoos)
