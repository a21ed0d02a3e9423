# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import OcsCase, ocs_monitor
from .test_hardware_importer import full_computer


class ChunkCase(OcsCase):
    """Test case with computers that are imported in chunks."""

    def machine(self, number, **sections):
        """Return a computer that has no value in common with any other."""
        hardware = {
            "NAME": f"PC-{number}",
            "DEVICEID": f"PC-{number}-2026-01-15-10-00-00",
            "UUID": f"4C4C4544-0042-3510-8052-B4C04F56{number:04d}",
            **sections.pop("hardware", {}),
        }
        bios = {"SSN": f"SN-{number}-4711", **sections.pop("bios", {})}
        sections.setdefault("networks", [])
        sections.setdefault("monitors", [ocs_monitor(f"CN-{number}-74261")])
        return full_computer(hardware=hardware, bios=bios, **sections)

    def import_chunk(self, *external_ids, force=False):
        """Import computers as the job of a chunk does, and return its result."""
        model = self.env["ocs.computer.binding"]
        return model.import_chunk(self.backend, list(external_ids), force=force)

    def imported(self):
        """Return the IDs of the computers that have an asset."""
        bindings = self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id)]
        )
        return sorted(bindings.mapped("external_id"))

    @contextmanager
    def assert_own_jobs(self, *external_ids):
        """Assert that exactly these computers get a job of their own."""
        with trap_jobs() as trap:
            yield trap
        jobs = [job for job in trap.enqueued_jobs if job.method_name == "import_record"]
        self.assertEqual(sorted(job.args[1] for job in jobs), sorted(external_ids))
