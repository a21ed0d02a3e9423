"""The servers of OCS and of Odoo, shared by all tests, and the fixtures of each test.

The database servers must be running: ``make e2e`` starts them.
"""

import pytest

from dev import demo, ocs_server, odoo_server, template
from dev.rpc import Odoo
from e2e import database
from e2e.backend import DETECTIONS, Backend
from e2e.ocs import Ocs

ODOO_DATABASE = "e2e"


@pytest.fixture(scope="session")
def running_ocs():
    """OCS's own server on a new database."""
    ocs_server.service.stop()
    ocs_server.build_database(database.NAME)
    ocs_server.start(database.NAME)
    found = Ocs(ocs_server.address(), database.Database())
    yield found
    found.database.close()
    ocs_server.service.stop()


@pytest.fixture(scope="session")
def odoo():
    """A client of an Odoo with the addons and the job runner, on a new database."""
    server = odoo_server.e2e
    server.service.stop()
    template.copy(ODOO_DATABASE, template.ADDONS)
    yield Odoo(server.start(ODOO_DATABASE), ODOO_DATABASE)
    server.service.stop()
    template.drop(ODOO_DATABASE)


@pytest.fixture
def ocs(running_ocs):
    """OCS without computers, triggers or anything else that a test has left."""
    running_ocs.database.reset()
    return running_ocs


@pytest.fixture(params=DETECTIONS)
def backend(request, ocs, odoo):
    """A backend of Odoo on that OCS, without assets of earlier tests."""
    connection = {**demo.connection("odoo_reader"), "database": database.NAME}
    backend = Backend(odoo, {"name": "OCS", **connection})
    backend.detect_by(request.param)
    yield backend
    backend.remove()
