# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

from ...lib.runs import OPEN
from .jobs import Jobs
from .machine import Machine
from .moments import Moments
from .ocs import Ocs
from .steps import Change, Start, Use, Work

COMPLAINT = "It makes a noise."
#: Jobs that an undisturbed run may perform.
MAX_JOBS = 300


class Shown(NamedTuple):
    """What an asset shows."""

    machine: Machine
    #: hardware.ID of the binding
    row: int
    #: date of the inventory, in UTC
    date: datetime
    #: number of servers that were replaced before it was first shown
    server: int


class History:
    """Performs a history, and records what the checks need.

    :param backend: ocs.backend
    :param connection: to the OCS database, with the privileges of OCS's server
    :param calls: moments of faults, as :data:`.moments.CALLS`
    """

    def __init__(self, backend, connection, calls):
        self.backend = backend
        self.env = backend.env
        self._connection = connection
        self.ocs = Ocs(connection)
        self.moments = Moments(calls, self._lose_connections, self._change)
        self.jobs = Jobs(self.env, self.moments)
        #: sentences that describe what happened
        self.log = []
        #: IDs of maintenance.equipment that users changed
        self.used = set()
        #: {number of a machine: IDs of maintenance.equipment it has had, in order}
        self.assets = defaultdict(dict)
        #: {ID of maintenance.equipment: :class:`Shown`}
        self.shown = {}
        #: sentences about assets that became other machines
        self.confused = []
        self.runs = 0
        #: number of changes in OCS by name
        self.changes = Counter()

    def happen(self, steps):
        """Perform the steps.

        :param steps: list of named tuples of :mod:`.steps`
        """
        actions = {
            Change: self._change,
            Start: self._start,
            Work: self._work,
            Use: self._use,
        }
        with self.moments.watched():
            for step in steps:
                actions[type(step)](*step)

    def _log(self, sentence):
        if sentence:
            self.log.append(sentence)

    def _change(self, name, who, value):
        sentence = self.ocs.apply(name, who, value)
        self.changes[name] += bool(sentence)
        self._log(sentence)

    def _start(self, origin):
        """Start a run as the button and the scheduled action do."""
        self.backend._start_run(origin)
        self.runs += 1
        self._log(f"An import is started ({origin})")

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
        run, end = record.ocs_run_id.id, len(self.log)
        result = self.jobs.work(record, fault)
        meanwhile = "; ".join(self.log[end:])
        del self.log[end:]
        happened = f" ({meanwhile or fault})" if fault else ""
        self._log(f"Job {name} of run {run}{happened}: {result}")
        self._record_assets()

    def _record_assets(self):
        """Note which machine each asset shows; its agent tells."""
        self.env.flush_all()
        for binding in self.bindings():
            machine = self.ocs.agents.get(binding.device_id)
            if not machine:
                continue
            asset = binding.odoo_id.id
            self.assets[machine.number][asset] = None
            shown = self._shown(machine, binding)
            former = self.shown.get(asset, shown)
            if former.machine is not machine and not self._may_become(former, machine):
                name = former.machine.name
                self.confused.append(f"Asset {asset}: {name} → {machine.name}")
            if former[:-1] != shown[:-1] or asset not in self.shown:
                self.shown[asset] = shown

    def _shown(self, machine, binding):
        row, date = binding.external_id, binding.last_inventory
        return Shown(machine, row, date, self.ocs.server)

    def _may_become(self, former, machine):
        """Return whether OCS shows no difference between two machines.

        The row of one of them was deleted, or its server was replaced, and the other
        one reports the same identifiers.
        """
        is_there = (
            former.row in former.machine.rows and former.server == self.ocs.server
        )
        return not is_there and former.machine.is_like(machine)

    def bindings(self):
        """Return the bindings of all computers, even of archived assets."""
        return self._bindings("ocs.computer.binding")

    def monitors(self):
        """Return the bindings of all monitors, even of archived assets."""
        return self._bindings("ocs.monitor.binding")

    def _bindings(self, model):
        everything = self.env[model].with_context(active_test=False)
        return everything.search([("backend_id", "=", self.backend.id)])

    def _use(self, how, who):
        """Post a message on an asset, or request its maintenance, as a user does."""
        assets = self.bindings().odoo_id + self.monitors().odoo_id
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
        self._log(f"A user changes asset {asset.id} ({how})")

    def _lose_connections(self):
        with self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT ID FROM information_schema.PROCESSLIST"
                " WHERE DB = DATABASE() AND ID <> CONNECTION_ID()"
            )
            for row in cursor.fetchall():
                cursor.execute("KILL %s", (row["ID"],))

    # The undisturbed end

    def settle(self):
        """Retry what failed as a user does, then let one run settle everything.

        Ambiguous computers become new assets, as a user decides.

        :return: the next run, which should find nothing to do
        """
        self._log("Undisturbed from here on")
        self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id), ("reason", "=", "failed")]
        ).action_retry()
        self._resolve_ambiguous()
        self._perform_all()
        self.quiet_run()
        self._resolve_ambiguous()
        self._perform_all()
        return self.quiet_run()

    def report_all(self):
        """Let all machines report without changes."""
        for sentence in self.ocs.report_all():
            self._log(sentence)

    def _resolve_ambiguous(self):
        waiting = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id), ("reason", "=", "ambiguous")]
        )
        if waiting:
            self._log(f"New assets for {waiting.mapped('external_id')}")
            waiting.action_create_asset()

    def quiet_run(self):
        """Start a run and perform all its jobs.

        :return: the run, empty if none could be started
        """
        before = self.backend.last_run_id
        self._start("schedule")
        self._perform_all()
        self.backend.invalidate_recordset(["last_run_id"])
        return self.backend.last_run_id - before

    def _perform_all(self):
        for _job in range(MAX_JOBS):
            waiting = self.jobs.waiting()
            if not waiting:
                break
            self._perform(waiting[0] if len(waiting) == 1 else self._next(waiting))

    def _next(self, waiting):
        """Return the next job; the one that closes a run comes last."""
        return waiting.sorted(lambda job: job.method_name == "close")[0]

    def found(self, run):
        """Return the number of changes that a run found."""
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
