"""The commands: ``python3 -m dev <command>``."""

import argparse
import contextlib
import json
import os
import signal
import sys

from . import (
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
from .results import Result

INTERRUPTED = 130
SERVICES = (
    odoo_server.demo.service,
    odoo_server.e2e.service,
    odoo_server.bench.service,
    ocs_server.service,
    postgres.service,
    mariadb.service,
)


def setup(_options):
    """build everything needed under .dev/"""
    with leave_as_found():
        prepare()
    if lint.is_checkout():
        lint.ensure()


def run_demo(_options):
    """a running Odoo with a fleet imported from OCS"""
    prepare()
    demo.run()


def change(_options):
    """let something happen in the demo fleet"""
    demo.must_exist()
    prepare_mariadb()
    demo.change()


def test(options):
    """lint and every test; ends with "N passed, N failed" """
    return counted(prepare_tests, lambda: testing.run_all(options))


def run_e2e(_options):
    """the tests with OCS's own server and agent; ends with "N passed, N failed" """
    return counted(prepare, e2e.run)


def run_bench(options):
    """how fast it is, beside its peers and its limits"""
    with leave_as_found():
        prepare()
        bench.run(options)


def counted(make_ready, run):
    """Prepare, run the tests, print their numbers last; return the exit status."""
    try:
        with leave_as_found():
            make_ready()
            total = run()
    except Failure as failure:
        report(failure)
        total = Result(failed=1)
    say("")
    print(total, flush=True)
    return 1 if total.failed else 0


def docs(_options):
    """write the addons' generated files: README.rst, index.html, .pot"""
    with leave_as_found():
        prepare()
        generated.write()


def check_wheels(_options):
    """build the wheels of the addons and install them in a bare environment"""
    with leave_as_found():
        prepare()
        wheels.check()


def run_lint(_options):
    """the hooks of pre-commit, on all files"""
    outcome = lint.run()
    testing.show(outcome)
    return 0 if outcome.passed and not outcome.failed else 1


def stop(_options):
    """end what these commands started"""
    for service in SERVICES:
        if service.stop():
            say(f"• {service.name} ended")


def clean(options):
    """stop, and remove .dev/"""
    stop(options)
    paths.remove()


def serve_mariadb(options):
    """run the MariaDB server with the OCS test databases, or fill the one named"""
    if options.stop:
        ocs_for_tests.stop()
        return
    started = ocs_for_tests.prepare()
    if options.json:
        print(json.dumps(ocs_for_tests.facts(started)))


def prepare():
    """Make sure of everything, with both database servers running."""
    prepare_odoo()
    prepare_mariadb()


def prepare_odoo():
    """Make sure of Odoo, of PostgreSQL and of the template database."""
    python_env.ensure(odoo_source.find())
    postgres.start()
    template.ensure()


def prepare_mariadb():
    """Make sure of our MariaDB and the OCS databases."""
    mariadb.start()
    ocs_schema.ensure()


def prepare_tests():
    """Make sure of everything for the tests; they may use another MariaDB."""
    prepare_odoo()
    ocs_for_tests.prepare()


@contextlib.contextmanager
def leave_as_found():
    """End, at the end, the services that did not run before."""
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
        if name == "mariadb":
            choice.add_argument(
                "--json", action="store_true", help="say how to connect"
            )
            choice.add_argument("--stop", action="store_true", help="stop it instead")
    return whole


def report(failure):
    """Print what went wrong and what to do about it."""
    say(f"\n✗ {failure}")
    if failure.remedy:
        say(f"  → {failure.remedy}")


def main():
    """Run one command; return its exit status."""
    options = parser().parse_args()
    # The database servers' accounts must be able to enter what is built.
    os.umask(0o022)
    # Whoever ends this ends what it started, too.
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
