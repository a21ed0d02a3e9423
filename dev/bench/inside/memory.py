"""The peak memory of a process."""

from pathlib import Path

from . import backend as backends
from . import jobs


def run(env, connection, computers, chunk_size=0):
    """Scan a whole fleet, then import a part of it.

    :param computers: approximate number of computers to import
    :return: dict of peaks (MB): before, of the scan, and of the jobs
    """
    backend = backends.ensure(env, connection, True, chunk_size)
    found = {"before": peak()}
    reset_peak()
    backends.start(env, backend)
    found["scan"] = peak()
    lot, total = [], 0
    for job in jobs.pending(env, without=(jobs.CLOSE,)):
        if total >= computers:
            break
        lot.append(job)
        total += len(job.computers)
    reset_peak()
    jobs.perform(env, lot)
    return found | {"jobs": peak(), "computers": total}


def peak():
    """Return the peak memory (MB) of this process since ``reset_peak``."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status has no VmHWM")


def reset_peak():
    """Reset the peak to the current memory."""
    Path("/proc/self/clear_refs").write_text("5")
