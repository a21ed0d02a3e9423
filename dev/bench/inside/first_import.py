"""The first import of a fleet, in turns with its peers and its limits."""

from datetime import timedelta

from odoo import fields

from ..figures import slices
from . import backend as backends
from . import jobs, raw
from .import_all import settle
from .inserts import insert_again
from .push import BATCH, Push
from .shell import say

#: {name: whether components are pushed, computers at a time, the most of a slice}
PEERS = {
    "batches": (True, BATCH, 5000),
    "batches, flat": (False, BATCH, 5000),
    "one by one": (True, 1, 200),
}
#: Computers of a slice that the limits are measured with at most: they are in memory.
LIMITED = 2000
_EMPTY = "TRUNCATE ocs_bench_computer, ocs_bench_component, ocs_bench_monitor"


def run(env, connection, url, samples, chunk_size=0):
    """Import a fleet slice by slice, each beside what it is compared with.

    :param url: address of an Odoo that serves this database and performs no jobs
    :return: dict {name: list of pairs of computers and seconds}, and notes
    """
    backend = backends.ensure(env, connection, True, chunk_size)
    key = _api_key(env)
    found = {name: [] for name in ("ours", *PEERS, "orm", "inserts", "sql")}
    ocs = raw.Ocs(connection, backends.sections(backend))
    notes = {"by pages": backends.has_chunks(backend)}
    _run, look = backends.start(env, backend)
    lots = slices(jobs.waiting(env, without=(jobs.CLOSE,)), samples)
    for number, lot in enumerate(lots):
        ids = [each for job in lot for each in job.computers]

        def ours(lot=lot, ids=ids):
            found["ours"].append((len(ids), jobs.perform(env, lot)))

        def peers(ids=ids):
            for name in PEERS:
                found[name].append(_push(env, name, ids, connection, url, key, notes))

        for action in (ours, peers) if number % 2 else (peers, ours):
            action()
        *orm, parts = raw.create_again(env, backend, ids[:LIMITED])
        found["orm"].append(orm)
        notes.setdefault("orm: computers, monitors, components s", []).append(parts)
        found["inserts"].append(insert_again(env.cr, backend, ids[:LIMITED]))
        found["sql"].append((len(ids), ocs.read(ids)))
        say(f"slice {number + 1} of {len(lots)}: {_rates(found)}")
    rest = backends.finish(env)
    found["ours"] = _with_share(found["ours"], look + rest)
    notes |= {"look s": look, "rest s": rest, "failed jobs": jobs.failed(env)}
    env["ocs.bench.computer"].search([]).unlink()
    settle(env)
    return {"samples": found, "notes": notes}


def _with_share(ours, seconds):
    """Each slice with its share of what was done once for all."""
    total = sum(count for count, _seconds in ours)
    return [(count, own + seconds * count / total) for count, own in ours]


def _push(env, name, ids, connection, url, key, notes):
    with_components, batch, most = PEERS[name]
    push = Push(connection, url, key, with_components)
    ids = ids[:most]
    seconds = push.run(ids, batch)
    push.close()
    env.cr.commit()
    pushed = env["ocs.bench.computer"].search_count([])
    env.cr.execute(_EMPTY)
    env.cr.commit()
    note = notes.setdefault(name, {"pushed": 0, "lost": 0, "answering s": 0, "s": 0})
    for key_of_note, value in (
        ("pushed", pushed),
        ("lost", push.lost),
        ("answering s", push.answering),
        ("s", seconds),
    ):
        note[key_of_note] += value
    return len(ids), seconds


def _rates(found):
    return ", ".join(
        f"{name} {last[0] / last[1]:.0f}/s"
        for name, samples in found.items()
        for last in samples[-1:]
    )


def _api_key(env):
    admin = env.ref("base.user_admin")
    until = fields.Datetime.now() + timedelta(days=1)
    key = env(user=admin)["res.users.apikeys"]._generate("rpc", "Benchmark", until)
    env.cr.commit()
    return key
