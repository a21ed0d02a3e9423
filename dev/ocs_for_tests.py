"""The MariaDB server with OCS databases for the tests: our own, or an external one."""

import os

from . import mariadb, ocs_schema, ports
from .mariadb_client import external_server


def prepare():
    """Set up the server and its databases; return whether our server was started."""
    server = external_server()
    if not server:
        started = mariadb.start()
        ocs_schema.ensure()
        return started
    mariadb.ensure_programs()
    server.check(mariadb.client())
    ocs_schema.ensure_tests(administrator())
    return False


def administrator():
    """Return the administrator of the server."""
    server = external_server()
    if server:
        return server.administrator(mariadb.client())
    return mariadb.administrator()


def refresh():
    """Rebuild the databases in which an interrupted test has left data."""
    ocs_schema.refresh(administrator())


def stop():
    """Stop our server, or drop the test databases of the external one."""
    if external_server():
        ocs_schema.drop_tests(administrator())
    else:
        mariadb.service.stop()


def connection_info(started):
    """Return what a test needs to connect, as a dict."""
    prefix = os.environ.get(ocs_schema.PREFIX_VARIABLE, ocs_schema.TESTS)
    names = ocs_schema.test_databases(prefix)
    return {
        **_account(),
        "databases": {str(version): name for version, name in names.items()},
        "client": str(mariadb.client()),
        "started": started,
    }


def _account():
    server = external_server()
    return {
        "host": server.host if server else ports.HOST,
        "port": server.port if server else mariadb.port(),
        "user": server.user if server else "root",
        "password": server.password if server else mariadb.password("root"),
        "tls_ca": server.tls_ca if server else str(mariadb.TLS / "ca.pem"),
    }
