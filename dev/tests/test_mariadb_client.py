"""Tests of an external MariaDB server, configured by environment variables."""

import shutil
import socket

import pytest

from dev import mariadb, mariadb_client, ocs_for_tests, ocs_schema, ports
from dev.console import Failure


@pytest.fixture
def configure(monkeypatch):
    """Configure an external server with environment variables."""

    def configure(**parts):
        for part in ("HOST", "PORT", "USER", "PASSWORD", "CA"):
            monkeypatch.delenv(f"{mariadb_client.PREFIX}{part}", raising=False)
        for part, value in parts.items():
            monkeypatch.setenv(f"{mariadb_client.PREFIX}{part}", str(value))
        return mariadb_client.external_server()

    return configure


def test_no_external_server(configure):
    assert configure() is None
    assert configure(PORT=3306) is None


def test_default_port_and_user(configure):
    server = configure(HOST="db.example")
    assert (server.host, server.port, server.user) == ("db.example", 3306, "root")


def test_connection_info_of_external_server(configure):
    server = configure(HOST="db.example", PORT=3399, USER="boss", PASSWORD="secret")
    info = ocs_for_tests.connection_info(started=False)
    given = {key: info[key] for key in ("host", "port", "user", "password", "tls_ca")}
    assert given == vars(server)


def test_unreachable_external_server(configure):
    with socket.socket() as probe:
        probe.bind((ports.HOST, 0))
        _host, port = probe.getsockname()
    server = configure(HOST=ports.HOST, PORT=port)
    with pytest.raises(Failure, match="root cannot connect") as caught:
        server.check(shutil.which("false") or mariadb.client())
    assert "OCS_TEST_MARIADB_HOST" in caught.value.hint


def test_only_test_databases_are_dropped():
    done = []

    class Administrator:
        def execute(self, sql):
            done.append(sql)
            return ["mysql", "ocsweb", "ocs_test", "ocs_test_7069", "ocs_pytest_7028"]

    ocs_schema.drop_tests(Administrator())
    assert done[1:] == [
        "DROP DATABASE `ocs_test_7069`",
        "DROP DATABASE `ocs_pytest_7028`",
    ]
