"""``make test DATABASES=all``: run the tests of the SQL on several database servers."""

import os

from . import ocs_for_tests, ocs_schema, pytest_runs, selection, testing
from .console import Failure, say
from .database_server import SERVERS
from .mariadb_client import external_server
from .results import Result

ALL = "all"
# The tests whose SQL a server may answer differently: adapters, detection, change log.
TESTS = (
    "test_adapter.py",
    "test_adapter_errors.py",
    "test_adapter_extension.py",
    "test_adapter_reading.py",
    "test_adapter_tables.py",
    "test_batteries.py",
    "test_change_log_adapter.py",
    "test_change_log_breaking.py",
    "test_change_log_check.py",
    "test_change_log_definers.py",
    "test_change_log_identity.py",
    "test_change_log_import.py",
    "test_change_log_live.py",
    "test_change_log_owner.py",
    "test_change_log_reader.py",
    "test_change_log_sql.py",
    "test_client.py",
    "test_client_tls.py",
    "test_client_types.py",
    "test_identity_adapter.py",
    "test_monitor_adapter.py",
    "test_reported_adapter.py",
    "test_sections.py",
    "test_server_upgrade.py",
    "test_survey.py",
    "TestAccountLive",
    "TestAccountChangeLog",
    "TestFleet7081",
    "connector_ocs_software/tests/test_live.py",
)


def chosen(names):
    """Return the servers that ``DATABASES`` names.

    :param names: names separated by spaces or commas, or 'all'
    :raise Failure: there is no such server
    """
    wanted = names.replace(",", " ").split()
    if wanted == [ALL]:
        return list(SERVERS.values())
    unknown = [name for name in wanted if name not in SERVERS]
    if unknown:
        raise Failure(
            f"DATABASES={names}: there is no server {unknown[0]}.",
            f"Choose {ALL} or some of {', '.join(SERVERS)}.",
        )
    return [SERVERS[name] for name in wanted]


def run(servers, options):
    """Run the tests on each server, one after the other, and return the result."""
    if external_server():
        raise Failure(
            "DATABASES cannot be combined with an external server.",
            "Unset OCS_TEST_MARIADB_HOST.",
        )
    if options.full:
        os.environ[testing.FULL] = "1"
    os.environ[ocs_schema.PREFIX_VARIABLE] = ocs_schema.TESTS
    names = options.only.replace(",", " ").split() or TESTS
    os.environ[selection.VARIABLE] = " ".join(names)
    total = Result()
    for server in servers:
        outcome = testing.attempt(lambda server=server: run_on(server))
        say(f"On {server.name}:")
        testing.show(outcome)
        total += outcome
    return total


def run_on(server):
    """Run the selected tests on a server and return the result."""
    try:
        server.package.ensure()
    except Failure as failure:
        return Result(skipped=[f"{server.name}: {failure}"])
    try:
        server.start()
        os.environ.update(server.environment())
        ocs_for_tests.prepare()
        return pytest_runs.addons()
    finally:
        server.stop()
        for name in server.environment():
            os.environ.pop(name, None)
