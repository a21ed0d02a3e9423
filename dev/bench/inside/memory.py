"""The most memory that a process needs."""

from pathlib import Path

from . import backend as backends
from . import jobs


def run(env, connection, computers, chunk_size=0):
    """Look at a whole fleet, then import some of it.

    :param computers: how many to import, about
    :return: dict of MB: before, and the most of the look and of the jobs
    """
    backend = backends.ensure(env, connection, True, chunk_size)
    found = {"before": peak()}
    forget_peak()
    backends.start(env, backend)
    found["look"] = peak()
    lot, total = [], 0
    for job in jobs.waiting(env, without=(jobs.CLOSE,)):
        if total >= computers:
            break
        lot.append(job)
        total += len(job.computers)
    forget_peak()
    jobs.perform(env, lot)
    return found | {"jobs": peak(), "computers": total}


def peak():
    """Return the most memory (MB) of this process since ``forget_peak``."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status has no VmHWM")


def forget_peak():
    """Let the peak be what is used now."""
    Path("/proc/self/clear_refs").write_text("5")
