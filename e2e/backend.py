"""What a person does with a backend in Odoo, and what came of it."""

import time

from dev.demo_import import COMPUTERS, MONITORS, TO_DO, newest_job

PATIENCE = 60  # seconds
POLL = 0.05  # seconds
EQUIPMENT = "maintenance.equipment"
#: How the backend finds the computers that changed; every scenario runs with each.
DETECTIONS = ("fingerprint",)


class Backend:
    """A backend of the Odoo of the tests, whose connection was tested.

    :param odoo: client as ``dev.rpc.Odoo``
    :param values: of the record
    """

    def __init__(self, odoo, values):
        self.odoo = odoo
        self._before = newest_job(odoo)
        self.id = odoo.call("ocs.backend", "create", values)
        odoo.call("ocs.backend", "action_test_connection", [self.id])

    def detect_by(self, detection):
        """Choose how changed computers are found.

        :param detection: one of ``DETECTIONS``
        """
        if detection == "fingerprint":  # what a backend does without being told
            return
        self.odoo.call("ocs.backend", "write", [self.id], {"detection": detection})
        self._install_triggers()

    def _install_triggers(self):
        """Hook: let Odoo put the triggers in place, with the account ``ocs``."""
        raise NotImplementedError

    def import_changed(self):
        """Press the button and wait until no job has anything left to do.

        :return: how many computers were imported, each by a job
        """
        before = newest_job(self.odoo)
        self.odoo.call("ocs.backend", "action_import_changed", [self.id])
        self._wait()
        jobs = self._jobs(["id", ">", before])
        broken = [job["exc_info"] for job in jobs if job["state"] != "done"]
        assert not broken, "\n".join(map(str, broken))
        return sum(job["method_name"] == "import_record" for job in jobs)

    def _wait(self):
        deadline = time.monotonic() + PATIENCE
        while left := self._jobs(["state", "in", TO_DO]):
            assert time.monotonic() < deadline, f"after {PATIENCE} s: {left}"
            time.sleep(POLL)

    def _jobs(self, condition):
        domain = [["id", ">", self._before], ["model_name", "=", COMPUTERS], condition]
        fields = ["name", "method_name", "state", "exc_info"]
        return self.odoo.call("queue.job", "search_read", domain, fields)

    def computer(self, fields):
        """Return these fields of the only computer, that of an archived asset too."""
        (found,) = self.computers(fields)
        return found

    def computers(self, fields):
        """Return these fields of the computers, in the order of their ids in OCS."""
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
        """Delete the backend and all assets: nothing else makes any."""
        for model in (COMPUTERS, MONITORS):
            self._delete(model, [row["id"] for row in self._search(model, ["id"])])
        everything = {"active_test": False}
        equipment = self.odoo.call(EQUIPMENT, "search", [], context=everything)
        self._delete(EQUIPMENT, equipment)
        self._delete("ocs.backend", [self.id])

    def _delete(self, model, ids):
        self.odoo.call(model, "unlink", ids)
