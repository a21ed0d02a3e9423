"""Inventories, with OCS's change log and without it, in turns."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import count
from time import perf_counter

import pymysql

from odoo.addons.connector_ocs.lib import change_log_setup

from dev.fleet.engine import Engine
from dev.fleet.session import ocs_session
from e2e.agent import Agent, Refused
from e2e.computers import module, tower

from . import backend as backends
from .shell import say

DEFINER = "ocs@127.0.0.1"
AGENTS = 2  # at the same time
EACH = 3  # inventories of a computer
WARM_UP = 12  # inventories
_serials = count(1)


def run(env, connection, admin, fleet, url, samples, lot):
    """Send inventories to OCS's own server, and write some as it does.

    :param connection: of the database of OCS's server
    :param admin: the same as an administrator
    :param fleet: connection of an account that may write to a database with a fleet
    :param url: address of OCS's server
    :param lot: inventories in a lot
    :return: dict {"server" or "sql": dict {"with" or "without": pairs of
        inventories and seconds}}
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
    """Do ``action(lot)`` with the change log and without it."""
    log = ChangeLog(admin, sections)
    found = {"without": [], "with": []}
    try:
        for number in range(samples):
            for name in list(found)[:: 1 if number % 2 else -1]:
                log.install() if name == "with" else log.remove()
                action(WARM_UP)  # tables that changed are opened anew
                found[name].append(action(lot))
            say(", ".join(f"{k} {v[-1][0] / v[-1][1]:.1f}/s" for k, v in found.items()))
    finally:
        log.remove()
        log.close()
    return found


class ChangeLog:
    """The change log of a database.

    :param admin: connection of an administrator
    :param sections: what is watched
    """

    def __init__(self, admin, sections):
        self.connection = pymysql.connect(**admin, autocommit=True)
        self.sections = sections

    def install(self):
        """Put the triggers in place, with an empty table."""
        self.remove()
        self._run(change_log_setup.install(self.sections, DEFINER))

    def remove(self):
        """Take everything away."""
        nothing = change_log_setup.ChangeLogState()
        self._run(change_log_setup.remove(self.sections, nothing, drop_table=True))

    def close(self):
        """End the session."""
        self.connection.close()

    def _run(self, statements):
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _send(url, lot):
    """New computers send their inventories.

    Each its first, one with a change and one without.

    :return: how many OCS took, and the seconds
    """
    agents = [_agent(url) for _each in range(max(1, lot // EACH))]
    start = perf_counter()
    with ThreadPoolExecutor(AGENTS) as pool:
        sent = sum(pool.map(_live, agents))
    return sent, perf_counter() - start


def _agent(url):
    serial = f"BENCH{next(_serials):07}"
    return Agent(url, f"{serial}-2026-01-31-08-30-00"), tower(serial, serial)


def _live(computer):
    """The life of a computer; return how many of its inventories OCS took.

    Two at the same moment may be in each other's way: OCS refuses one then, whether
    there are triggers or not, and the agent comes again another day.
    """
    agent, sections = computer
    changed = {**sections, "MEMORIES": [module(1), module(2)]}
    return sum(_is_taken(agent, sent) for sent in (sections, changed, changed))


def _is_taken(agent, sections):
    try:
        agent.inventory(sections)
    except Refused:
        return False
    return True


def _write(connection, lot):
    """The statements of inventories of a fleet; return how many, and the seconds."""
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
    """What a computer sends when one section differs, its rows being the same."""
    tables = ("memories", "networks", "videos", "monitors", "storages")
    table = tables[hardware_id % len(tables)]
    return hardware_id, {table: engine.rows(table, hardware_id)}
