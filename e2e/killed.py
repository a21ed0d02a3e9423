"""An Odoo and a MariaDB that are killed while computers are imported."""

import importlib.util
import os
import signal
import subprocess
import time
from datetime import datetime, timedelta

import pymysql

from dev import demo, mariadb, ocs_schema, odoo_server, paths, ports
from dev.console import Failure
from dev.demo_import import OURS
from dev.fleet import change
from dev.fleet.generate import generate
from dev.fleet.loader import load
from dev.rpc import Odoo

NAME = "ocs_killed"
SCHEMA = ocs_schema.NEWEST
COMPUTERS = "ocs.computer.binding"
RUNS = "ocs.import.run"
#: States of jobs that are not finished.
TO_DO = ("wait_dependencies", "pending", "enqueued", "started")
TIMEOUT = 90  # seconds
POLL = 0.5  # seconds
READING = paths.ROOT / "connector_ocs" / "tests" / "fleet_reading.py"


def fleet_reading(sql):
    """Return the reader of OCS that the tests of the addon use, without loading Odoo.

    :param sql: function that runs a statement and returns list of dict
    """
    spec = importlib.util.spec_from_file_location("fleet_reading", READING)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FleetReading(sql, SCHEMA, demo.OCS_TIME_ZONE)


class KilledOcs:
    """A fleet in a database of its own, on a server that may be killed."""

    def __init__(self, size):
        self._now = datetime.now()
        self._connection = None
        load(self._connect(), generate(size), SCHEMA)

    def _connect(self):
        if not self._connection:
            self._connection = pymysql.connect(
                host=ports.HOST,
                port=mariadb.port(),
                user="root",
                password=mariadb.password("root"),
                database=NAME,
                cursorclass=pymysql.cursors.DictCursor,
            )
        return self._connection

    def pass_a_day(self):
        """Apply the changes of a day to some computers."""
        self._now += timedelta(minutes=1)
        change.apply(self._connect(), self._now)

    def kill(self):
        """Kill the server, and start it again after a moment, on the same port."""
        self._connection = None
        kill(mariadb.service)
        time.sleep(POLL)
        mariadb.start()

    def sql(self, statement):
        connection = self._connect()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall()
        # an open snapshot would hide later changes, and block building another fleet
        connection.rollback()
        return rows


class KilledOdoo:
    """A backend in an Odoo that may be killed.

    :param database: of Odoo, with the addon
    :param policy: values of the backend
    """

    def __init__(self, database, **policy):
        self._server = odoo_server.e2e
        self._database = database
        self._client = None
        values = {**demo.connection("odoo_reader"), "database": NAME}
        policy = {"name": "Killed OCS", "approval_percent": 0, **policy}
        self.id = self.call("ocs.backend", "create", values | policy)
        self.call("ocs.backend", "action_test_connection", [self.id])

    def call(self, *arguments, **keywords):
        """Call a method by RPC, after starting the server if necessary."""
        if not self._client:
            self._client = Odoo(self._server.start(self._database), self._database)
        return self._client.call(*arguments, **keywords)

    def kill(self, meanwhile):
        """Kill the server, and start it again.

        :param meanwhile: function that is called while it is down
        :return: number of jobs that were killed
        """
        self._client = None
        kill(self._server.service)
        meanwhile()
        domain = [OURS, ["state", "=", "started"]]
        return self.call("queue.job", "search_count", domain)

    def press_import(self):
        """Press the button, and return whether OCS was available."""
        try:
            self.call("ocs.backend", "action_import_changed", [self.id])
        except Failure:
            return False
        return True

    def wait_for_work(self):
        """Wait until a job is done: the runner starts some seconds after Odoo."""
        deadline, before = time.monotonic() + TIMEOUT, self._done()
        while self._done() == before and time.monotonic() < deadline:
            time.sleep(0.05)

    def _done(self):
        domain = [OURS, ["state", "=", "done"]]
        return self.call("queue.job", "search_count", domain)

    def rows(self, model, fields, *domain):
        """Return the records of the backend, even those of archived assets."""
        domain = [["backend_id", "=", self.id], *domain]
        options = {"context": {"active_test": False}, "order": "id"}
        return self.call(model, "search_read", domain, fields, **options)

    def import_all(self):
        """Retry failed imports, and import until a run finds nothing to do.

        :return: number of runs
        """
        issues = self.rows("ocs.import.issue", ["id"], ["reason", "=", "failed"])
        if issues:
            ids = [issue["id"] for issue in issues]
            self.call("ocs.import.issue", "action_retry", ids)
        for number in range(1, 6):
            self.press_import()
            self._wait()
            if self._found_nothing():
                return number
        raise AssertionError("Every run finds something to do.")

    def _wait(self):
        """Wait until no job is left: killed ones are requeued after ten seconds.

        Press the button again and again, since jobs are postponed while OCS is down.
        """
        domain = [OURS, ["state", "in", TO_DO]]
        deadline = time.monotonic() + TIMEOUT
        while jobs := self.call("queue.job", "search_read", domain, ["name", "state"]):
            assert time.monotonic() < deadline, f"after {TIMEOUT} s: {jobs}"
            self.press_import()
            time.sleep(POLL)

    def _found_nothing(self):
        fields = ["new_count", "changed_count", "removed_count", "rebound_count"]
        run = self.rows(RUNS, ["state", "job_count", *fields])[-1]
        return run["state"] == "done" and not any(
            run[name] for name in ("job_count", *fields)
        )


def kill(service):
    """Send SIGKILL to a program and its children, and wait until it is dead."""
    pid = service.pid()
    os.killpg(os.getpgid(pid), signal.SIGKILL)
    while is_alive(pid):
        time.sleep(0.05)
    service.pid_file.unlink()


def is_alive(pid):
    """Return whether a process is running."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True
    ).stdout
    return bool(state) and not state.startswith("Z")
