"""The command line: ``python3 -m dev <command>``."""

import argparse
import contextlib
import json
import os
import signal
import sys

from . import (
    alone,
    database_server,
    databases,
    demo,
    e2e,
    generated,
    lint,
    lock,
    mariadb,
    ocs_for_tests,
    ocs_schema,
    ocs_server,
    odoo_server,
    odoo_source,
    paths,
    postgres,
    python_env,
    template,
    testing,
    wheels,
)
from .bench import run as bench
from .console import Failure, say
from .mutation import run as mutation
from .results import Result

INTERRUPTED = 130
SERVICES = (
    odoo_server.demo.service,
    odoo_server.e2e.service,
    odoo_server.bench.service,
    ocs_server.service,
    postgres.service,
    mariadb.service,
    *(server.service for server in database_server.SERVERS.values()),
)


def setup(_options):
    """build the development environment in .dev/"""
    with restore_services():
        prepare()
    if lint.is_checkout():
        lint.ensure()


def run_demo(_options):
    """start Odoo with a fleet imported from OCS"""
    prepare()
    demo.run()


def change(_options):
    """simulate a day in the demo fleet"""
    demo.check_exists()
    prepare_mariadb()
    demo.change()


def test(options):
    """run the linters and all tests; the last line is "N passed, N failed" """
    if options.databases:
        servers = databases.chosen(options.databases)
        return run_tests(prepare_odoo, lambda: databases.run(servers, options))
    if options.alone:
        addons = alone.chosen(options.alone)
        return run_tests(prepare_tests, lambda: alone.run(addons, options))
    return run_tests(prepare_tests, lambda: testing.run_all(options))


def run_e2e(_options):
    """run the tests with OCS's own server and agent"""
    return run_tests(prepare, e2e.run)


def run_bench(options):
    """measure the speed and compare it with alternatives and limits"""
    with restore_services():
        prepare()
        bench.run(options)


def run_mutants(options):
    """change the code in small ways, and list the changes that no test notices"""
    with restore_services():
        prepare_tests()
        return mutation.run(options)


def run_tests(set_up, run):
    """Set up and run tests, print their totals, and return the exit status."""
    try:
        with restore_services():
            set_up()
            total = run()
    except Failure as failure:
        report(failure)
        total = Result(failed=1)
    say("")
    print(total, flush=True)
    return 1 if total.failed else 0


def docs(_options):
    """generate README.rst, index.html and .pot of the addons"""
    with restore_services():
        prepare()
        generated.write()


def check_wheels(_options):
    """build the wheels of the addons and install them in a new environment"""
    with restore_services():
        prepare()
        wheels.check()


def run_lint(_options):
    """run the pre-commit hooks on all files"""
    outcome = lint.run()
    testing.show(outcome)
    return 0 if outcome.passed and not outcome.failed else 1


def stop(_options):
    """stop everything that these commands started"""
    for service in SERVICES:
        if service.stop():
            say(f"• {service.name} stopped")


def clean(options):
    """stop, and remove .dev/"""
    stop(options)
    paths.remove()


def serve_mariadb(options):
    """start MariaDB with the OCS test databases, or create them on an external one"""
    if options.stop:
        ocs_for_tests.stop()
        return
    started = ocs_for_tests.prepare()
    if options.json:
        print(json.dumps(ocs_for_tests.connection_info(started)))


def prepare():
    """Set up everything and start both database servers."""
    prepare_odoo()
    prepare_mariadb()


def prepare_odoo():
    """Set up Odoo, PostgreSQL and the template database."""
    python_env.ensure(odoo_source.find())
    postgres.start()
    template.ensure()


def prepare_mariadb():
    """Set up our MariaDB and the OCS databases."""
    mariadb.start()
    ocs_schema.ensure()


def prepare_tests():
    """Set up everything for the tests, which may use an external MariaDB."""
    prepare_odoo()
    ocs_for_tests.prepare()


@contextlib.contextmanager
def restore_services():
    """Stop the services at the end that were not running before."""
    running = [service for service in SERVICES if service.pid()]
    try:
        yield
    finally:
        for service in SERVICES:
            if service not in running:
                service.stop()


COMMANDS = {
    "setup": setup,
    "demo": run_demo,
    "change": change,
    "test": test,
    "e2e": run_e2e,
    "bench": run_bench,
    "mutants": run_mutants,
    "lint": run_lint,
    "docs": docs,
    "wheels": check_wheels,
    "stop": stop,
    "clean": clean,
    "mariadb": serve_mariadb,
}


def parser():
    """Return the parser of the command line."""
    whole = argparse.ArgumentParser(prog="python3 -m dev", description=__doc__)
    choices = whole.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        choice = choices.add_parser(name, help=function.__doc__)
        if name == "bench":
            bench.add_arguments(choice)
        if name == "test":
            testing.add_arguments(choice)
        if name == "mutants":
            mutation.add_arguments(choice)
        if name == "mariadb":
            choice.add_argument(
                "--json", action="store_true", help="print how to connect"
            )
            choice.add_argument(
                "--stop",
                action="store_true",
                help="stop it, or drop the databases of an external server",
            )
    return whole


def report(failure):
    """Print the message and the hint of a failure."""
    say(f"\n✗ {failure}")
    if failure.hint:
        say(f"  → {failure.hint}")


def main():
    """Run one command; return its exit status."""
    options = parser().parse_args()
    # The accounts of the database servers must be able to read the files.
    os.umask(0o022)
    # SIGTERM also has to stop what the command has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        paths.prepare()
        with lock.exclusive(options.command):
            return COMMANDS[options.command](options) or 0
    except Failure as failure:
        report(failure)
        return 1
    except KeyboardInterrupt:
        say("\n✗ interrupted")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
