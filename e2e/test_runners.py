"""Two hosts share the work: nothing is lost and nothing is done twice."""

import pytest

from dev import ocs_server, odoo_server
from dev.console import Failure
from e2e.conftest import ODOO_DATABASE
from e2e.killed import NAME, DyingOcs
from e2e.runners import SECOND, TwoOdoos
from e2e.test_killed import assert_equals_ocs

SIZE = 200
MONITORS = "ocs.monitor.binding"
WAYS = {
    "pages": ({"page_threshold": 50, "page_size": 50}, "import_page"),
    "one by one": ({"page_threshold": 0}, "import_record"),
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
    assert_no_job_twice(odoos.jobs(["done"], method), dead)
    assert odoos.settle() == 1, "Something was left to do."
    assert_no_asset_twice(odoos, before)


def assert_no_asset_twice(odoos, before):
    """Each asset that has come is bound, and to one thing in OCS only."""
    bound = [*odoos.bound().values(), *odoos.bound(MONITORS).values()]
    assert len(bound) == len(set(bound))
    assert odoos.assets() - before <= set(bound)


def assert_no_job_twice(jobs, dead):
    """Both Odoos did some, and only what died was begun again."""
    assert len({job["worker_pid"] for job in jobs}) == 2
    again = [job for job in jobs if job["retry"] > 1]
    assert len(again) <= max(dead, 1), again


def test_backend_is_deleted_at_work(ocs, servers):
    """Whoever deletes it is told to archive it instead: a page is being imported."""
    odoos = TwoOdoos(ODOO_DATABASE, page_threshold=50, page_size=50)
    odoos.press_import()
    while not odoos.jobs(["started", "done"], "import_page"):
        pass
    with pytest.raises(Failure):
        odoos.delete()
    assert odoos.wait_for_run()["state"] == "done"
    assert_equals_ocs(ocs, odoos)
