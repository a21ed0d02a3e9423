# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.fields import Datetime

from odoo.addons.component.core import Component
from odoo.addons.connector.exception import IDMissingInBackend
from odoo.addons.queue_job.exception import RetryableJobError

from ..lib.monitors import monitor_values
from ..lib.values import OVERFLOW, REPLACEMENT

#: Seconds until a job checks again whether the computer is unlocked.
LOCK_RETRY = 2


class OcsComputerImporter(Component):
    """Importer of one computer to its asset."""

    _name = "ocs.computer.importer"
    _inherit = "ocs.computer.decision"
    _apply_on = "ocs.computer.binding"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: whether the asset was created by this import
        self.is_new = False
        #: dict of the binding's new values
        self.values = {}
        #: snapshot of the asset before the import, see ``ocs.change.reporter``
        self.before = None

    def run(self, external_id, force=False):
        """Import one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value, even if nothing changed in OCS
        :return: sentence for the job's result
        :raises RetryableJobError: another job is importing the same computer
        """
        self.external_id = external_id
        self._lock()
        if self._is_left_over():
            return self.env._("This computer has been imported under another ID.")
        try:
            computer = self._read()
        except IDMissingInBackend as error:
            return self._after_missing(error)
        self.start(computer, self.binder.to_internal(external_id))
        return self.finish(force=force)

    def start(self, computer, binding):
        """Start the import of a computer that was read.

        :param computer: nested dict, see ``ocs.computer.adapter``; its hardware.ID
            under "external_id"
        :param binding: its binding, an empty recordset if it has none
        """
        self.external_id = computer["external_id"]
        self.computer = computer
        self.binding = binding

    def finish(self, force=False):
        """Import the computer with which the importer was started.

        :param force: as for ``run``
        :return: sentence for the job's result
        """
        reason = self.decide(force)
        if reason:
            return reason
        self.component(usage="records.importer").run([self])
        return self.env._("“%s” was imported.", self.binding.name)

    def _lock(self):
        """Lock the computer, so that only one job at a time imports it."""
        if not self.component(usage="locker").lock([self.external_id]):
            raise RetryableJobError(
                self.env._(
                    "Another job is importing this computer. Try again in a few "
                    "seconds."
                ),
                seconds=LOCK_RETRY,
                ignore_retry=True,
            )

    def _read(self):
        """Return the computer, with its hardware.ID.

        :raises IDMissingInBackend: it was deleted in OCS in the meantime
        """
        computer = self.backend_adapter.read(self.external_id)
        return dict(computer, external_id=self.external_id)

    def _before_import(self):
        """Compute the binding's new ``values``."""
        linked = self.match and self.match.asset
        self.before = self.reporter.snapshot(self.binding, linked)
        self._check_memory()
        self._check_text()
        if not self.binding and self.match.asset:
            self.binding = self._link_asset()
        values = self._map()
        if not self.binding.first_inventory:
            values["first_inventory"] = values["last_inventory"] or Datetime.now()
        for source in self._in_sequence("value.source"):
            source.given = dict(values)
            values.update(source.values(self.computer, self.binding))
            self.warnings += source.warnings
        self._resolve_serial(self.binding, values)
        if not self.binding:
            values.update(self.model._matched(self.match.reason))
            values["digests"] = self.computer["digests"]
        self.values = values

    def update(self):
        """Write the values that differ to the binding and its asset."""
        self._update(self.binding, self.values)

    def _link_asset(self):
        """Link an existing asset, which keeps its history.

        :return: binding
        """
        linker = self.component(usage="asset.linker")
        return linker.run(self.external_id, self.match, self.computer)

    def _is_shared_serial(self, serial, binding, values):
        return self._serial_resolver.is_reserved(serial, self.external_id)

    def _release_serial(self, serial, owner, values):
        name = self.computer["hardware"]["NAME"]
        return self._serial_resolver.release(serial, owner, self.external_id, name)

    @property
    def reporter(self):
        """See ``ocs.change.reporter``."""
        return self.component(usage="change.reporter")

    @property
    def _serial_resolver(self):
        return self.component(usage="serial.resolver")

    def _map(self):
        """Return the mapper's values for the binding."""
        return self.mapper.map_record(self.computer).values(
            for_create=not self.binding,
            fields=set(self.computer),
            last_inventory=self.binding.last_inventory,
        )

    def import_monitors(self, defer_new=False):
        """Import the monitors, once there is a binding.

        :param defer_new: whether new ones are created later
        :return: ``ocs.monitor.importer``, None if the section is not imported
        """
        if "monitors" not in self.computer:
            return None
        importer = self.component(
            usage="record.importer", model_name="ocs.monitor.binding"
        )
        importer.new = [] if defer_new else None
        importer.is_first = self.is_new
        importer.run(self.binding, monitor_values(self.computer["monitors"]))
        self.warnings += importer.warnings
        self.is_conflicting |= importer.is_conflicting
        return importer

    def _after_import(self, obsolete=()):
        """Report and record what was imported, and resolve former issues.

        :param obsolete: collection of records that are about to be deleted
        """
        self.reporter.report(self.binding, self.before, obsolete)
        values = {
            "digests": {**(self.binding.digests or {}), **self.computer["digests"]},
            "is_conflicting": self.is_conflicting,
            # without repetitions: two monitors may have the same name
            "warnings": "\n".join(dict.fromkeys(self.warnings)) or False,
        }
        self._update(self.binding, values)
        self._restore()
        self._clear_issue()

    def _check_memory(self):
        modules = self.computer.get("memories", ())
        if any(row["CAPACITY"] >= OVERFLOW for row in modules):
            self.warnings.append(
                self.env._(
                    "The OCS agent reported a memory module of %s MB, which is not a "
                    "possible size. The module was skipped.",
                    OVERFLOW,
                )
            )

    def _check_text(self):
        tables = [
            table
            for table, rows in self.computer.items()
            if table != "digests" and self._is_damaged(rows)
        ]
        if tables:
            self.warnings.append(
                self.env._(
                    "OCS holds invalid characters in the text of this computer. They "
                    "were replaced with “%(replacement)s”. (%(tables)s)",
                    replacement=REPLACEMENT,
                    tables=", ".join(sorted(tables)),
                )
            )

    def _is_damaged(self, rows):
        rows = rows if isinstance(rows, list) else [rows]
        return any(
            isinstance(value, str) and REPLACEMENT in value
            for row in rows
            if isinstance(row, dict)
            for value in row.values()
        )
