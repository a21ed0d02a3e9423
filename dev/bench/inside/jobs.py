"""Jobs performed one after the other, as the job runner has them performed."""

import cProfile
import json
import os
import pstats
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from odoo import SUPERUSER_ID, api

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

LOOK, CLOSE = "import_batch", "close_run"
#: Folder for profiles of the jobs, '' for none: profiling slows everything down.
PROFILES = "OCS_BENCH_PROFILES"
LINES = 60  # of a profile
_profile = cProfile.Profile() if os.environ.get(PROFILES) else None
_PENDING = """
    SELECT uuid, method_name, args FROM queue_job
    WHERE state = 'pending' AND model_name = 'ocs.computer.binding'
    ORDER BY priority, date_created, id
"""


class Waiting(NamedTuple):
    """A job that waits."""

    uuid: str
    method: str
    #: its arguments, as the table has them
    args: str

    @property
    def computers(self):
        """The ids in OCS of the computers it is to import."""
        ids = json.loads(self.args)[1]
        return ids if isinstance(ids, list) else [ids]


def waiting(env, *methods, without=()):
    """Jobs of the connector that wait, in the order in which they come.

    :param methods: names of methods, all without any
    :return: list of :class:`Waiting`
    """
    env.cr.commit()
    env.cr.execute(_PENDING)
    found = [Waiting(*row) for row in env.cr.fetchall()]
    return [
        job
        for job in found
        if job.method not in without and (not methods or job.method in methods)
    ]


def perform(env, jobs):
    """Perform jobs, each in transactions of its own; return the seconds it took."""
    if _profile:
        _profile.enable()
    start = perf_counter()
    for job in jobs:
        _perform(env.registry, job.uuid)
    seconds = perf_counter() - start
    if _profile:
        _profile.disable()
    return seconds


def write_profile(name):
    """Write where the time of all jobs went, as text, if that was asked for."""
    if not _profile:
        return
    folder = Path(os.environ[PROFILES])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.txt").open("w") as file:
        found = pstats.Stats(_profile, stream=file)
        found.sort_stats("cumulative").print_stats(LINES)
        found.sort_stats("tottime").print_stats(LINES)


def perform_scans(env):
    """Perform the jobs that look for changes until there are no more of them.

    :return: the seconds it took
    """
    seconds = 0
    while looks := waiting(env, LOOK):
        seconds += perform(env, looks[:1])
    return seconds


def perform_all(env, without=()):
    """Perform jobs until there are no more, those that they make included.

    :param without: methods to leave alone
    :return: the seconds it took
    """
    seconds = 0
    while left := waiting(env, without=(*without, CLOSE)) or waiting(
        env, without=without
    ):
        seconds += perform(env, left)
    return seconds


def _perform(registry, uuid):
    # what queue_job's controller does; a new cursor and environment for each job
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        job = Job.load(env, uuid)
        job.set_started()
        job.store()
        cr.commit()
        job.lock()
        try:
            with cr.savepoint():
                job.perform()
            job.set_done()
        except RetryableJobError as again:
            job.env.clear()
            job.postpone(result=str(again), seconds=0)
            job.set_pending(reset_retry=False)
        except Exception as error:
            job.env.clear()
            job.set_failed(exc_name=type(error).__name__, exc_message=str(error))
        job.store()
        env.flush_all()


def failed(env):
    """Number of the connector's jobs that failed."""
    env.cr.commit()
    return env["queue.job"].search_count(
        [("state", "=", "failed"), ("model_name", "=", "ocs.computer.binding")]
    )
