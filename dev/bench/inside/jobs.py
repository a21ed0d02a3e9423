"""Perform jobs one after the other, as the job runner does."""

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

SCAN, CLOSE = "scan", "close"
#: Environment variable: folder for profiles of the jobs, which slow everything down.
PROFILES = "OCS_BENCH_PROFILES"
PROFILE_LINES = 60
_profile = cProfile.Profile() if os.environ.get(PROFILES) else None
_PENDING = """
    SELECT uuid, method_name, args FROM queue_job
    WHERE state = 'pending' AND ocs_backend_id IS NOT NULL
    ORDER BY priority, date_created, id
"""


class PendingJob(NamedTuple):
    """A pending job."""

    uuid: str
    method: str
    #: its arguments, as stored in the table
    args: str

    @property
    def computers(self):
        """The IDs in OCS of the computers it imports."""
        ids = json.loads(self.args)[1]
        return ids if isinstance(ids, list) else [ids]


def pending(env, *methods, without=()):
    """Return the pending jobs of the connector, in their order.

    :param methods: names of methods, none for all
    :param without: names of methods to exclude
    :return: list of :class:`PendingJob`
    """
    env.cr.commit()
    env.cr.execute(_PENDING)
    found = [PendingJob(*row) for row in env.cr.fetchall()]
    return [
        job
        for job in found
        if job.method not in without and (not methods or job.method in methods)
    ]


def perform(env, jobs):
    """Perform jobs in separate transactions, and return the seconds they took."""
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
    """Write the profile of all jobs as text, if profiling is enabled."""
    if not _profile:
        return
    folder = Path(os.environ[PROFILES])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.txt").open("w") as file:
        found = pstats.Stats(_profile, stream=file)
        found.sort_stats("cumulative").print_stats(PROFILE_LINES)
        found.sort_stats("tottime").print_stats(PROFILE_LINES)


def perform_scans(env):
    """Perform the jobs of a scan until none is pending.

    :return: the seconds they took
    """
    seconds = 0
    while scans := pending(env, SCAN):
        seconds += perform(env, scans[:1])
    return seconds


def perform_all(env, without=()):
    """Perform jobs until none is pending, including those that jobs enqueue.

    :param without: names of methods to exclude
    :return: the seconds they took
    """
    seconds = 0
    while jobs := pending(env, without=(*without, CLOSE)) or pending(
        env, without=without
    ):
        seconds += perform(env, jobs)
    return seconds


def _perform(registry, uuid):
    # as queue_job's controller: with a new cursor and environment for each job
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
        except RetryableJobError as error:
            job.env.clear()
            job.postpone(result=str(error), seconds=0)
            job.set_pending(reset_retry=False)
        except Exception as error:
            job.env.clear()
            job.set_failed(exc_name=type(error).__name__, exc_message=str(error))
        job.store()
        env.flush_all()


def failed(env):
    """Return the number of failed jobs of the connector."""
    env.cr.commit()
    return env["queue.job"].search_count(
        [("state", "=", "failed"), ("ocs_backend_id", "!=", False)]
    )
