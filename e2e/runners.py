"""Two Odoo servers on one database, each with a job runner, as on two hosts."""

import time

from dev import odoo_server
from e2e.killed import COMPUTERS, POLL, RUNS, TIMEOUT, TO_DO, KilledOdoo, kill

SECOND = odoo_server.Server("odoo-e2e-2", 8269)


class TwoOdoos(KilledOdoo):
    """A backend in two Odoo servers, of which one may be killed.

    :param database: of Odoo, with the addon
    :param policy: values of the backend
    """

    def __init__(self, database, **policy):
        super().__init__(database, **policy)
        # assets that other tests left may match the same machines
        self.call("maintenance.equipment", "unlink", sorted(self.assets()))
        SECOND.start(database)

    def jobs(self, states, *methods):
        """Return the jobs of this backend's runs in some states.

        :param states: list of queue.job.state
        :param methods: names of methods, none for all
        """
        domain = [["ocs_run_id.backend_id", "=", self.id], ["state", "in", states]]
        domain += [["method_name", "in", methods]] if methods else []
        fields = ["method_name", "state", "retry", "worker_pid"]
        return self.call("queue.job", "search_read", domain, fields)

    def kill_leader(self, *methods):
        """Kill the server whose runner leads, after at least one job is done.

        :param methods: names of methods of the jobs
        :return: number of jobs that were killed
        """
        while not self.jobs(["done"], *methods):
            time.sleep(POLL / 10)
        while not (running := self.jobs(["started"], *methods)):
            time.sleep(POLL / 10)
        servers = {server.service.pid(): server for server in (self._server, SECOND)}
        leader = servers.pop(running[0]["worker_pid"])
        kill(leader.service)
        (self._server,), self._client = servers.values(), None
        return len(self.jobs(["started"], *methods))

    def wait_for_run(self):
        """Wait until all jobs are finished, and return the last run.

        Fail when no job is finished for a while.
        """
        before, deadline = None, 0
        while count := len(self.jobs(TO_DO)):
            if count != before:
                before, deadline = count, time.monotonic() + TIMEOUT
            assert time.monotonic() < deadline, f"{count} jobs left for {TIMEOUT} s"
            time.sleep(POLL)
        return self.rows(RUNS, ["state", "new_count", "changed_count", "message"])[-1]

    def assets(self):
        """Return the IDs of all assets, archived ones included."""
        options = {"context": {"active_test": False}}
        return set(self.call("maintenance.equipment", "search", [], **options))

    def delete(self):
        """Delete the backend."""
        self.call("ocs.backend", "unlink", [self.id])

    def bound(self, model=COMPUTERS):
        """Return the assets of a model's bindings.

        :return: dict {external ID: asset ID}
        """
        rows = self.rows(model, ["external_id", "odoo_id"])
        assets = {row["external_id"]: row["odoo_id"][0] for row in rows}
        assert len(rows) == len(assets) == len(set(assets.values()))
        return assets
