"""The server that the environment names for the tests."""

import shutil

import pytest

from dev import mariadb, mariadb_client, ocs_for_tests, ocs_schema, ports
from dev.console import Failure


@pytest.fixture
def name(monkeypatch):
    """Name a server by its parts, and no other."""

    def name(**parts):
        for part in ("HOST", "PORT", "USER", "PASSWORD", "CA"):
            monkeypatch.delenv(f"{mariadb_client.PREFIX}{part}", raising=False)
        for part, value in parts.items():
            monkeypatch.setenv(f"{mariadb_client.PREFIX}{part}", str(value))
        return mariadb_client.named()

    return name


def test_none_is_named(name):
    assert name() is None
    assert name(PORT=3306) is None


def test_only_a_host_is_named(name):
    server = name(HOST="db.example")
    assert (server.host, server.port, server.user) == ("db.example", 3306, "root")


def test_a_named_server_is_what_tests_are_told(name):
    server = name(HOST="db.example", PORT=3399, USER="boss", PASSWORD="secret")
    facts = ocs_for_tests.facts(started=False)
    told = {key: facts[key] for key in ("host", "port", "user", "password", "tls_ca")}
    assert told == vars(server)


def test_a_named_server_that_does_not_answer_is_a_failure(name):
    server = name(HOST="127.0.0.1", PORT=ports.any_free())
    with pytest.raises(Failure, match="does not let root in") as caught:
        server.check(shutil.which("false") or mariadb.client())
    assert "OCS_TEST_MARIADB_HOST" in caught.value.remedy


def test_only_databases_of_tests_are_dropped():
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
