"""Two Odoos on one database, each with a job runner, as on two hosts."""

import time

from dev import odoo_server
from e2e.killed import COMPUTERS, PATIENCE, POLL, RUNS, TO_DO, DyingOdoo, kill

SECOND = odoo_server.Server("odoo-e2e-2", 8269)


class TwoOdoos(DyingOdoo):
    """A backend in two Odoos, of which one may be gone.

    :param database: of Odoo, with the addon
    :param policy: values of the backend
    """

    def __init__(self, database, **policy):
        super().__init__(database, **policy)
        # what other tests left may be the same machines
        self.call("maintenance.equipment", "unlink", sorted(self.assets()))
        SECOND.start(database)

    def jobs(self, states, *methods):
        """Return the jobs of this backend's runs in some states."""
        domain = [["ocs_run_id.backend_id", "=", self.id], ["state", "in", states]]
        domain += [["method_name", "in", methods]] if methods else []
        fields = ["method_name", "state", "retry", "worker_pid"]
        return self.call("queue.job", "search_read", domain, fields)

    def leader_dies(self, *methods):
        """End the Odoo whose runner leads by force, in the middle of its work.

        :param methods: names of the jobs, one of which is done by then
        :return: how many jobs died
        """
        while not self.jobs(["done"], *methods):
            time.sleep(POLL / 10)
        while not (at_work := self.jobs(["started"], *methods)):
            time.sleep(POLL / 10)
        servers = {server.service.pid(): server for server in (self._server, SECOND)}
        leader = servers.pop(at_work[0]["worker_pid"])
        kill(leader.service)
        (self._server,), self._client = servers.values(), None
        return len(self.jobs(["started"], *methods))

    def wait_for_run(self):
        """Until the last run is over, as long as it goes on; return it."""
        before, deadline = None, 0
        while left := len(self.jobs(TO_DO)):
            if left != before:
                before, deadline = left, time.monotonic() + PATIENCE
            assert time.monotonic() < deadline, f"{left} jobs left for {PATIENCE} s"
            time.sleep(POLL)
        return self.rows(RUNS, ["state", "new_count", "changed_count", "message"])[-1]

    def assets(self):
        """Return the ids of all assets, archived ones and any other included."""
        options = {"context": {"active_test": False}}
        return set(self.call("maintenance.equipment", "search", [], **options))

    def delete(self):
        """Delete the backend."""
        self.call("ocs.backend", "unlink", [self.id])

    def bound(self, model=COMPUTERS):
        """Return the assets of a model's bindings, by what OCS knows them by."""
        rows = self.rows(model, ["external_id", "odoo_id"])
        assets = {row["external_id"]: row["odoo_id"][0] for row in rows}
        assert len(rows) == len(assets) == len(set(assets.values()))
        return assets
