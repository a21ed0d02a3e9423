"""Copies of the production database beside it, with the same OCS."""

from copy import copy

import pytest

from dev import odoo_server, paths, postgres, template
from dev.console import Failure
from dev.rpc import Odoo

from .backend import RUNS
from .computers import module
from .conftest import ODOO_DATABASE

pytestmark = pytest.mark.parametrize("backend", ["changelog"], indirect=True)

COPY = "e2e_copy"
LOG = paths.LOG / "e2e-copy.log"
SERVER = odoo_server.Server("odoo-e2e-copy", 8369)
PENDING = "SELECT id FROM hardware_updates WHERE processed = 0"


@pytest.fixture
def upgrade(ocs, backend):
    """Import a computer; return a function that sets the size of its memory in GB."""
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    assert backend.import_changed() == 1

    def set_memory(gigabytes):
        sections["MEMORIES"][1] = module(2, gigabytes * 1024)
        agent.inventory(sections)

    return set_memory


@pytest.fixture
def copied(backend, upgrade):
    """The same backend in a copy of the database, with a job runner of its own."""
    postgres.dump(ODOO_DATABASE, COPY)
    yield start(backend)
    SERVER.service.stop()
    template.drop(COPY)


def start(backend):
    """Start Odoo on the copied database, and return the backend in it."""
    copied = copy(backend)
    copied.use(Odoo(SERVER.start(COPY), COPY))
    return copied


def test_copy_leaves_the_change_log_to_production(ocs, backend, upgrade, copied):
    """It compares instead, until it is made the one that uses the log."""
    upgrade(4)
    pending = ocs.sql(PENDING)
    assert copied.import_changed() == 1
    assert_compared(copied)
    assert ocs.sql(PENDING) == pending != ()
    for action in ("repair", "remove"):
        assert "another Odoo database" in copied.change_log(action, admin_user="root")
    assert backend.import_changed() == 1
    assert last_run(backend)["detection"] == "changelog"
    assert not ocs.sql(PENDING)
    move(ocs, backend, upgrade, copied)
    neutralize(ocs, backend, upgrade)


def move(ocs, backend, upgrade, copied):
    """After the move, it is production that compares, and misses nothing."""
    copied.change_log("move")
    assert copied.read("change_log_state")["change_log_state"] == "healthy"
    upgrade(8)
    copied.import_changed()
    copied.import_changed()
    assert last_run(copied)["detection"] == "changelog"
    assert not ocs.sql(PENDING)
    assert backend.import_changed() == 1
    assert_compared(backend)
    assert modules(backend) == modules(copied) == "2x8192MB"
    backend.change_log("move")
    backend.import_changed()


def neutralize(ocs, backend, upgrade):
    """A neutralized copy cannot log in to OCS, and production goes on."""
    SERVER.service.stop()
    odoo_server.neutralize(COPY, log=LOG)
    copied = start(backend)
    found = copied.read("active", "has_password", "password_variable")
    assert not any(found[name] for name in found if name != "id")
    upgrade(16)
    pending = ocs.sql(PENDING)
    with pytest.raises(Failure, match="is archived"):
        copied.import_changed()
    copied.odoo.call("ocs.backend", "write", [copied.id], {"active": True})
    with pytest.raises(Failure, match="rejected the user"):
        copied.import_changed()
    assert ocs.sql(PENDING) == pending != ()
    assert backend.import_changed() == 1
    assert last_run(backend)["detection"] == "changelog"
    assert modules(backend) == "1x16384MB + 1x8192MB"


def assert_compared(backend):
    """Assert that the backend left the log alone, and says why."""
    run = last_run(backend)
    assert (run["state"], run["detection"]) == ("done", "fingerprint"), run
    assert "another Odoo database" in run["warnings"]
    assert backend.read("change_log_state")["change_log_state"] == "foreign"


def last_run(backend):
    """Return the last run of a backend."""
    fields = ["state", "detection", "warnings"]
    domain = [["backend_id", "=", backend.id]]
    return backend.odoo.call(RUNS, "search_read", domain, fields, limit=1)[0]


def modules(backend):
    """Return the memory modules of the computer in Odoo."""
    return backend.computer(["memory_modules"])["memory_modules"]
