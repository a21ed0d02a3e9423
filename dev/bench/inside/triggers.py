"""Inventories with and without OCS's change log, alternating."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import count
from time import perf_counter

import pymysql

from odoo.addons.connector_ocs_change_log.lib import change_log_setup

from dev.fleet.engine import Engine
from dev.fleet.session import ocs_session
from e2e.agent import Agent, RequestFailed
from e2e.computers import module, tower

from . import backend as backends
from .shell import say

DEFINER = "ocs@127.0.0.1"
AGENTS = 2  # concurrent
INVENTORIES = 3  # of each computer
WARM_UP = 12  # inventories
_serials = count(1)


def run(env, connection, admin, fleet, url, samples, lot):
    """Send inventories to OCS's own server, and write some with its SQL statements.

    :param connection: to the database of OCS's server
    :param admin: the same for an administrator
    :param fleet: connection to a database with a fleet, with write access
    :param url: address of OCS's server
    :param lot: inventories in a sample
    :return: dict {"server" or "sql": dict {"with" or "without": list of
        (inventories, seconds)}}
    """
    backend = backends.ensure(env, connection)
    with backend.work_on("ocs.backend") as work:
        sections = list(work.component(usage="change.log").sections())
    return {
        "server": _compare(admin, sections, samples, lambda n: _send(url, n), lot),
        "sql": _compare(
            {**admin, "database": fleet["database"]},
            sections,
            samples,
            lambda number: _write(fleet, number),
            lot * 5,
        ),
    }


def _compare(admin, sections, samples, action, lot):
    """Call ``action(lot)`` with and without the change log."""
    log = ChangeLog(admin, sections)
    found = {"without": [], "with": []}
    try:
        for number in range(samples):
            for name in list(found)[:: 1 if number % 2 else -1]:
                log.install() if name == "with" else log.remove()
                action(WARM_UP)  # the server opens changed tables again
                found[name].append(action(lot))
            say(", ".join(f"{k} {v[-1][0] / v[-1][1]:.1f}/s" for k, v in found.items()))
    finally:
        log.remove()
        log.close()
    return found


class ChangeLog:
    """The change log of a database.

    :param admin: connection of an administrator
    :param sections: watched by its triggers
    """

    def __init__(self, admin, sections):
        self.connection = pymysql.connect(**admin, autocommit=True)
        self.sections = sections

    def install(self):
        """Install the triggers and an empty table."""
        self.remove()
        nothing = change_log_setup.ChangeLogState()
        self._run(change_log_setup.repair(self.sections, DEFINER, nothing))

    def remove(self):
        """Remove the triggers and the table."""
        nothing = change_log_setup.ChangeLogState()
        self._run(change_log_setup.remove(self.sections, nothing, drop_table=True))

    def close(self):
        """Close the connection."""
        self.connection.close()

    def _run(self, statements):
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _send(url, lot):
    """Let new computers send their inventories.

    Each sends its first one, one with a change and one without.

    :return: number of inventories that OCS accepted, and the seconds they took
    """
    agents = [_agent(url) for _each in range(max(1, lot // INVENTORIES))]
    start = perf_counter()
    with ThreadPoolExecutor(AGENTS) as pool:
        sent = sum(pool.map(_send_all, agents))
    return sent, perf_counter() - start


def _agent(url):
    serial = f"BENCH{next(_serials):07}"
    return Agent(url, f"{serial}-2026-01-31-08-30-00"), tower(serial, serial)


def _send_all(computer):
    """Send the inventories of a computer, and return how many OCS accepted.

    OCS may reject one of two concurrent inventories, even without triggers. Its agent
    would try again another day.
    """
    agent, sections = computer
    changed = {**sections, "MEMORIES": [module(1), module(2)]}
    return sum(_is_accepted(agent, sent) for sent in (sections, changed, changed))


def _is_accepted(agent, sections):
    try:
        agent.inventory(sections)
    except RequestFailed:
        return False
    return True


def _write(connection, lot):
    """Write inventories of a fleet, and return their number and the seconds."""
    session = pymysql.connect(**connection)
    with session, ocs_session(session) as cursor:
        engine = Engine(session, cursor, datetime.now())
        cursor.execute("SELECT MIN(ID), MAX(ID) FROM hardware")
        first, last = cursor.fetchone()
        inventories = [_inventory(engine, first + n % last) for n in range(lot)]
        start = perf_counter()
        for hardware_id, sections in inventories:
            engine.inventory(hardware_id, sections)
        return lot, perf_counter() - start


def _inventory(engine, hardware_id):
    """Return an inventory with one changed section, whose rows are the same."""
    tables = ("memories", "networks", "videos", "monitors", "storages")
    table = tables[hardware_id % len(tables)]
    return hardware_id, {table: engine.rows(table, hardware_id)}
