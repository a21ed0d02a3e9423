# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.queue_job.exception import FailedJobError, RetryableJobError
from odoo.addons.queue_job.job import ENQUEUED, PENDING, STARTED, Job

from .moments import COMMIT, DONE, Failed, Killed


class Jobs:
    """A job runner in this transaction: a savepoint replaces each transaction.

    It works as the controller of queue_job does, without its commits: jobs are stored,
    with their states, retries and identity keys.

    :param env: Environment
    :param moments: :class:`.moments.Moments`
    """

    def __init__(self, env, moments):
        self._env = env
        self._moments = moments
        self.performed = 0

    def waiting(self):
        """Return the queue.job records to perform, in their order.

        A started one was killed: it is requeued as a dead job.
        """
        return self._env["queue.job"].search(
            [
                ("ocs_backend_id", "!=", False),
                ("state", "in", (PENDING, ENQUEUED, STARTED)),
            ],
            order="priority, id",
        )

    def work(self, record, fault=None):
        """Perform one job.

        :param record: queue.job
        :param fault: :class:`.moments.Fault` that happens meanwhile
        :return: result: 'done', 'killed', 'postponed' or 'failed: …'
        """
        self.performed += 1
        job = self._start(record)
        try:
            with self._moments.armed(fault):
                with self._env.cr.savepoint():
                    job.perform()
                    self._moments.reach(COMMIT)
                self._moments.reach(DONE)
        except Killed:
            return "killed"
        except RetryableJobError as error:
            return self._postpone(job, error)
        except Exception as error:
            return self._fail(job, error)
        job.set_done()
        job.store()
        return "done"

    def _start(self, record):
        if record.state == STARTED:  # as when dead jobs are requeued
            record.retry += 1
        job = Job.load(self._env, record.uuid)
        job.set_started()
        job.store()
        return job

    def _postpone(self, job, error):
        job.postpone(result=str(error), seconds=error.seconds)
        job.set_pending(reset_retry=False)
        job.store()
        return "postponed"

    def _fail(self, job, error):
        if not isinstance(error, Failed | FailedJobError):
            raise error
        job.set_failed(exc_name=type(error).__name__, exc_message=str(error))
        job.store()
        return f"failed: {error}"
