"""Tests of the choice of database servers, and of their packages."""

import pytest

from dev import databases, pytest_runs, selection
from dev.console import Failure
from dev.database_package import find_suites
from dev.database_server import SERVERS
from dev.paths import ROOT

LISTED = """\
mysql-server-core |    9.7.4-2 | https://mirror.example sid/main amd64 Packages
mariadb-server-core | 1:11.8.9+ds-4 | https://mirror.example sid/main amd64 Packages
mariadb-server-core | 1:11.8.3-0+deb13u1 | https://mirror.example trixie/main amd64 Pac
mariadb-server-core | 1:10.11.18-0 | https://mirror.example bookworm/main amd64 Packages
"""


@pytest.mark.parametrize(
    ("series", "suites"),
    [
        ("9.7", {"sid"}),
        ("11.8", {"trixie", "sid"}),
        ("10.11", {"bookworm"}),
        ("8.4", set()),
        ("1", set()),
    ],
)
def test_suites_of_a_series(series, suites):
    assert find_suites(LISTED, series) == suites


def test_choice():
    assert databases.chosen("all") == list(SERVERS.values())
    names = [server.name for server in databases.chosen("mysql-9.7, mariadb-11.8")]
    assert names == ["mysql-9.7", "mariadb-11.8"]


@pytest.mark.parametrize("names", ["mysql", "mysql-9.7 oracle", "all mysql-9.7"])
def test_unknown_server_is_named_with_the_known_ones(names):
    with pytest.raises(Failure, match="there is no server") as caught:
        databases.chosen(names)
    assert "mariadb-11.8" in caught.value.hint


def test_missing_server_is_skipped_with_the_reason():
    class Package:
        def ensure(self):
            raise Failure("Debian has no such package")

    class Server:
        name, package = "mysql-8.4", Package()

    outcome = databases.run_on(Server())
    assert outcome.skipped == ["mysql-8.4: Debian has no such package"]
    assert not outcome.passed + outcome.failed


@pytest.mark.parametrize("name", databases.TESTS)
def test_tests_of_the_sql_exist(name):
    assert selection.may_be_in([name], pytest_runs.addon_folders(), ROOT)
