# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from ...models.ocs_import_run import OPEN
from .jobs import Jobs
from .moments import Moments
from .ocs import Ocs
from .steps import Change, Start, Use, Work

COMPLAINT = "It makes a noise."
#: Runs after which nothing may be left to do.
MOST_RUNS = 4
#: Times that jobs are performed until none is left, in a quiet run.
MOST_WORK = 300


class History:
    """Lets a history happen, and remembers what has to be true in the end.

    :param backend: ocs.backend
    :param connection: to its OCS database, as OCS's server has one
    """

    def __init__(self, backend, connection):
        self.backend = backend
        self.env = backend.env
        self._connection = connection
        self.ocs = Ocs(connection)
        self.moments = Moments(backend, self._lose_connections, self._change)
        self.jobs = Jobs(self.env, self.moments)
        #: sentences: what happened
        self.told = []
        #: ids of maintenance.equipment that people have used
        self.used = set()
        #: {number of a machine: ids of maintenance.equipment it has had, in order}
        self.assets = defaultdict(dict)
        self.runs = 0
        self.changes = 0

    def happen(self, steps):
        actions = {
            Change: self._change,
            Start: self._start,
            Work: self._work,
            Use: self._use,
        }
        with self.moments.watched():
            for step in steps:
                actions[type(step)](*step)

    def _tell(self, sentence):
        if sentence:
            self.told.append(sentence)

    def _change(self, name, who, value):
        told = self.ocs.happen(name, who, value)
        self.changes += bool(told)
        self._tell(told)

    def _start(self, origin):
        """What the button and the scheduled action do."""
        self.backend._start_run(origin)
        self.runs += 1
        self._tell(f"An import is started ({origin})")

    def _work(self, jobs, pick, fault):
        done = self.env["queue.job"]
        for _job in range(jobs):
            waiting = self.jobs.waiting() - done
            if not waiting:
                return
            job = waiting[pick % len(waiting)]
            self._perform(job, fault)
            done |= job
            fault = None

    def _perform(self, record, fault=None):
        name = f"{record.method_name}{tuple(record.args[1:])}"
        run, end = record.ocs_run_id.id, len(self.told)
        became = self.jobs.work(record, fault)
        meanwhile = "; ".join(self.told[end:])
        del self.told[end:]
        happened = f" ({meanwhile or fault})" if fault else ""
        self._tell(f"Job {name} of run {run}{happened}: {became}")
        self._remember_assets()

    def _remember_assets(self):
        bindings = self.bindings()
        self.env.flush_all()
        for binding in bindings:
            machine = self.ocs.owners[binding.external_id]
            self.assets[machine.number][binding.odoo_id.id] = None

    def bindings(self):
        """Of all computers, those of archived assets included."""
        return self._bindings("ocs.computer.binding")

    def _bindings(self, model):
        everything = self.env[model].with_context(active_test=False)
        return everything.search([("backend_id", "=", self.backend.id)])

    def _use(self, how, who):
        """A person writes on an asset, or asks for its repair."""
        assets = self.bindings().odoo_id + self._bindings("ocs.monitor.binding").odoo_id
        if not assets:
            return
        asset = assets[who % len(assets)]
        if how == "message":
            asset.message_post(body=COMPLAINT)
        else:
            self.env["maintenance.request"].create(
                {"name": COMPLAINT, "equipment_id": asset.id}
            )
        self.used.add(asset.id)
        self._tell(f"A person uses asset {asset.id} ({how})")

    def _lose_connections(self):
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT ID FROM information_schema.PROCESSLIST"
                " WHERE DB = DATABASE() AND ID <> CONNECTION_ID()"
            )
            for row in cursor.fetchall():
                cursor.execute("KILL %s", (row["ID"],))

    # The quiet end

    def settle(self):
        """A person tries again what failed, then imports run undisturbed.

        What is ambiguous is a new asset, a person says then.

        :return: the last run, that found nothing to do; None if it never came
        """
        self._tell("Quiet from here on")
        self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id), ("reason", "=", "failed")]
        ).action_retry()
        for _run in range(MOST_RUNS):
            self._decide()
            run = self.quiet_run()
            if run and run.state == "done" and not self._changes(run):
                return run
        return None

    def _decide(self):
        waiting = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id), ("reason", "=", "ambiguous")]
        )
        if waiting:
            self._tell(f"New assets for {waiting.mapped('external_id')}")
            waiting.action_create_asset()

    def quiet_run(self):
        """:return: the run that was started and came to its end, or nothing"""
        before = self.backend.last_run_id
        self._start("schedule")
        for _job in range(MOST_WORK):
            waiting = self.jobs.waiting()
            if not waiting:
                break
            self._perform(waiting[0] if len(waiting) == 1 else self._due(waiting))
        self.backend.invalidate_recordset(["last_run_id"])
        return self.backend.last_run_id - before

    def _due(self, waiting):
        """The job to close a run waits for the others."""
        return waiting.sorted(lambda job: job.method_name == "close_run")[0]

    def _changes(self, run):
        return (
            run.new_count
            + run.changed_count
            + run.removed_count
            + run.rebound_count
            + run.job_count
            + run.queued_count
        )

    def open_runs(self):
        return self.env["ocs.import.run"].search([("state", "in", OPEN)])
