"""The MariaDB with OCS's schemas that the tests use: ours, or one that is named."""

import os

from . import mariadb, ocs_schema, ports
from .mariadb_client import named


def prepare():
    """Make sure of the server and of its databases; return whether it was started."""
    server = named()
    if not server:
        started = mariadb.start()
        ocs_schema.ensure()
        return started
    mariadb.ensure_programs()
    server.check(mariadb.client())
    ocs_schema.ensure_tests(administrator())
    return False


def administrator():
    """Return the server's administrator."""
    server = named()
    if server:
        return server.administrator(mariadb.client())
    return mariadb.administrator()


def refresh():
    """Build anew the databases in which a test that was broken off left traces."""
    ocs_schema.refresh(administrator())


def stop():
    """End the server if it is ours; leave nothing on one that is named."""
    if named():
        ocs_schema.drop_tests(administrator())
    else:
        mariadb.service.stop()


def facts(started):
    """Return what a test needs to know to connect, as a dictionary."""
    prefix = os.environ.get(ocs_schema.CHOICE, ocs_schema.TESTS)
    names = ocs_schema.test_databases(prefix)
    return {
        **_account(),
        "databases": {str(version): name for version, name in names.items()},
        "client": str(mariadb.client()),
        "started": started,
    }


def _account():
    server = named()
    return {
        "host": server.host if server else ports.HOST,
        "port": server.port if server else mariadb.port(),
        "user": server.user if server else "root",
        "password": server.password if server else mariadb.password("root"),
        "tls_ca": server.tls_ca if server else str(mariadb.TLS / "ca.pem"),
    }
