"""The first import of a fleet, alternating with its peers and limits."""

from datetime import timedelta

from odoo import fields

from ..figures import slices
from . import backend as backends
from . import jobs, raw
from .import_all import vacuum
from .inserts import insert_again
from .push import BATCH, Push
from .shell import say

#: {name: whether components are pushed, batch size, maximal computers of a slice}
PEERS = {
    "batches": (True, BATCH, 5000),
    "batches, flat": (False, BATCH, 5000),
    "one by one": (True, 1, 200),
}
#: Maximal computers of a slice for limits, which hold them in memory.
MAX_IN_MEMORY = 2000
_EMPTY = "TRUNCATE ocs_bench_computer, ocs_bench_component, ocs_bench_monitor"


def run(env, connection, url, samples, chunk_size=0):
    """Import a fleet in slices, and measure peers and limits with each slice.

    :param url: address of an Odoo that serves this database without performing jobs
    :return: dict with "samples", {name: list of (computers, seconds)}, and "notes"
    """
    backend = backends.ensure(env, connection, True, chunk_size)
    key = _api_key(env)
    found = {name: [] for name in ("ours", *PEERS, "orm", "inserts", "sql")}
    ocs = raw.Ocs(connection, backends.sections(backend))
    notes = {"in chunks": backends.has_chunks(backend)}
    _run, scan = backends.start(env, backend)
    lots = slices(jobs.pending(env, without=(jobs.CLOSE,)), samples)
    for number, lot in enumerate(lots):
        ids = [each for job in lot for each in job.computers]

        def ours(lot=lot, ids=ids):
            found["ours"].append((len(ids), jobs.perform(env, lot)))

        def peers(ids=ids):
            for name in PEERS:
                found[name].append(_push(env, name, ids, connection, url, key, notes))

        for action in (ours, peers) if number % 2 else (peers, ours):
            action()
        *orm, parts = raw.create_again(env, backend, ids[:MAX_IN_MEMORY])
        found["orm"].append(orm)
        notes.setdefault("orm: computers, monitors, components s", []).append(parts)
        found["inserts"].append(insert_again(env.cr, backend, ids[:MAX_IN_MEMORY]))
        found["sql"].append((len(ids), ocs.read(ids)))
        say(f"slice {number + 1} of {len(lots)}: {_rates(found)}")
    rest = backends.finish(env)
    found["ours"] = _with_share(found["ours"], scan + rest)
    notes |= {"scan s": scan, "rest s": rest, "failed jobs": jobs.failed(env)}
    env["ocs.bench.computer"].search([]).unlink()
    vacuum(env)
    return {"samples": found, "notes": notes}


def _with_share(ours, seconds):
    """Return the samples, each with its share of the seconds of common work."""
    total = sum(count for count, _seconds in ours)
    return [(count, own + seconds * count / total) for count, own in ours]


def _push(env, name, ids, connection, url, key, notes):
    with_components, batch, maximum = PEERS[name]
    push = Push(connection, url, key, with_components)
    ids = ids[:maximum]
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
