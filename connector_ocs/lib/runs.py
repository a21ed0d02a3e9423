# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Runs and their jobs: states, methods and priorities."""

from odoo.addons.queue_job.job import (
    CANCELLED,
    DONE,
    ENQUEUED,
    FAILED,
    PENDING,
    STARTED,
    WAIT_DEPENDENCIES,
)

#: States of open runs; a backend has only one open run.
OPEN = ("scanning", "importing", "waiting")

#: States of runs that can be stopped.
RUNNING = ("scanning", "importing")

#: States of jobs that have not started.
NOT_STARTED = (WAIT_DEPENDENCIES, PENDING, ENQUEUED)

#: States of jobs that have not started and can move to another channel.
MOVABLE = (WAIT_DEPENDENCIES, PENDING)

#: States of jobs that are not finished.
UNFINISHED = (*NOT_STARTED, STARTED)

#: States of jobs that will not run again by themselves.
FINISHED = (DONE, FAILED, CANCELLED)

#: The jobs that import computers, one of them or a chunk.
IMPORTS = ("import_record", "import_chunk")

#: The jobs that do the work of a run; the one that closes it only waits for them.
JOBS = ("scan", *IMPORTS)

#: Stopping comes before all other jobs.
STOP_PRIORITY = 0
#: The job that scans OCS runs before the imports that it enqueues.
SCAN_PRIORITY = 5
#: The job that closes a run comes after the jobs that it waits for.
CLOSE_PRIORITY = 15

#: No job fails because an OCS server is down for an hour.
MAX_RETRIES = 10
