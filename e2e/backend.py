"""A backend in Odoo, used as its users do, and its imported records."""

import time

from dev import mariadb, ports
from dev.demo_import import COMPUTERS, MONITORS, OURS, UNFINISHED, newest_job

OCS_ACCOUNT = f"ocs@{ports.HOST}"
TIMEOUT = 60  # seconds
POLL = 0.05  # seconds
EQUIPMENT = "maintenance.equipment"
RUNS = "ocs.import.run"
#: How a backend detects changed computers; every scenario runs with each of them.
DETECTIONS = ("fingerprint", "changelog")


class Backend:
    """A backend in the Odoo of the tests, whose connection was tested.

    :param odoo: client as ``dev.rpc.Odoo``
    :param values: of the record
    """

    def __init__(self, odoo, values):
        self.use(odoo)
        self.id = odoo.call("ocs.backend", "create", values)
        odoo.call("ocs.backend", "action_test_connection", [self.id])

    def use(self, odoo):
        """Use this backend through a client, such as that of a copied database."""
        self.odoo = odoo
        self._before = newest_job(odoo)

    def detect_by(self, detection):
        """Choose how changed computers are detected.

        :param detection: one of ``DETECTIONS``
        """
        if detection == "fingerprint":  # the default
            return
        values = {"detection": detection, "change_log_account": OCS_ACCOUNT}
        self.odoo.call("ocs.backend", "write", [self.id], values)
        self.install_change_log()
        # the first run compares all of OCS, whatever was chosen
        self.import_changed()

    def install_change_log(self):
        """Let Odoo install the triggers, with OCS's account as their definer."""
        self.change_log("install", definer=OCS_ACCOUNT, admin_user="root")
        state = self.read("change_log_state", "change_log_report")
        assert state["change_log_state"] == "healthy", state

    def change_log(self, action, **values):
        """Run the wizard of the change log.

        :param action: 'install', 'repair' or 'remove'
        :return: its message
        """
        values = {"backend_id": self.id, "action": action, **values}
        wizard = self.odoo.call("ocs.change.log.wizard", "create", values)
        login = {"password": mariadb.password(values.get("admin_user", "ocs"))}
        self.odoo.call("ocs.change.log.wizard", "action_run", [wizard], context=login)
        (found,) = self.odoo.call(
            "ocs.change.log.wizard", "read", [wizard], ["message", "is_done"]
        )
        return found["message"]

    def check_change_log(self):
        """Press "Check", and return the state and the report."""
        self.odoo.call("ocs.backend", "action_check_change_log", [self.id])
        found = self.read("change_log_state", "change_log_report")
        return found["change_log_state"], found["change_log_report"]

    def compare_all(self):
        """Import as when a comparison of all of OCS is due."""
        newest = self.odoo.call("ocs.import.run", "search", [], limit=1)
        values = {"change_log_after_run": newest[0]}
        self.odoo.call("ocs.backend", "write", [self.id], values)
        return self.import_changed()

    def read(self, *fields):
        """Return values of the backend."""
        return self.odoo.call("ocs.backend", "read", [self.id], fields)[0]

    def import_changed(self):
        """Press the button, and wait until all jobs are done.

        :return: number of computers that were imported, each by a job
        """
        before = newest_job(self.odoo)
        self.odoo.call("ocs.backend", "action_import_changed", [self.id])
        self._wait()
        jobs = self._jobs(["id", ">", before])
        failures = [job["exc_info"] for job in jobs if job["state"] != "done"]
        assert not failures, "\n".join(map(str, failures))
        return sum(job["method_name"] == "import_record" for job in jobs)

    def _wait(self):
        deadline = time.monotonic() + TIMEOUT
        while unfinished := self._jobs(["state", "in", UNFINISHED]):
            assert time.monotonic() < deadline, f"after {TIMEOUT} s: {unfinished}"
            time.sleep(POLL)

    def _jobs(self, condition):
        domain = [["id", ">", self._before], OURS, condition]
        fields = ["name", "method_name", "state", "exc_info"]
        return self.odoo.call("queue.job", "search_read", domain, fields)

    def computer(self, fields):
        """Return these fields of the only computer, even if its asset is archived."""
        (found,) = self.computers(fields)
        return found

    def computers(self, fields):
        """Return these fields of the computers, in the order of their IDs in OCS."""
        return self._search(COMPUTERS, fields, order="external_id")

    def monitors(self, fields):
        """Return these fields of the monitors."""
        return self._search(MONITORS, fields)

    def _search(self, model, fields, **options):
        options["context"] = {"active_test": False}
        domain = [["backend_id", "=", self.id]]
        rows = self.odoo.call(model, "search_read", domain, fields, **options)
        return [{name: row[name] for name in fields} for row in rows]

    def remove(self):
        """Delete the backend and all assets: nothing else creates any."""
        for model in (COMPUTERS, MONITORS):
            self._delete(model, [row["id"] for row in self._search(model, ["id"])])
        everything = {"active_test": False}
        equipment = self.odoo.call(EQUIPMENT, "search", [], context=everything)
        self._delete(EQUIPMENT, equipment)
        self._delete("ocs.backend", [self.id])

    def _delete(self, model, ids):
        self.odoo.call(model, "unlink", ids)
