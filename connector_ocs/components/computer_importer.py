# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.exception import IDMissingInBackend
from odoo.addons.queue_job.exception import RetryableJobError

from ..lib.aggregation import OVERFLOW, monitor_values

#: Seconds until a job looks again whether the computer is free.
LOCK_RETRY = 2


class OcsComputerImporter(Component):
    """Makes the asset of one computer what OCS says."""

    _name = "ocs.computer.importer"
    _inherit = "ocs.computer.decision"
    _apply_on = "ocs.computer.binding"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: bindings that had a serial number to themselves until now
        self.holders = self.model
        #: whether the serial number is taken from the asset because it is shared
        self.gives_to_nobody = False
        #: whether the asset was created by this import
        self.is_new = False
        #: dict of what the binding is to hold
        self.values = {}
        #: picture of the asset before the import, see ``ocs.change.reporter``
        self.before = None

    def run(self, external_id, force=False):
        """Import one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value, even if OCS says what it said last
        :return: sentence for the job's result
        :raises RetryableJobError: another job is at the same computer
        """
        self.external_id = external_id
        self._lock()
        try:
            computer = self._read()
        except IDMissingInBackend as error:
            return self._after_missing(error)
        self.begin(computer, self.binder.to_internal(external_id))
        return self.finish(force=force)

    def begin(self, computer, binding):
        """Start with a computer that was read.

        :param computer: nested dict, see ``ocs.computer.adapter``; its hardware.ID
            under "external_id"
        :param binding: its binding, empty when it has none
        """
        self.external_id = computer["external_id"]
        self.computer = computer
        self.binding = binding

    def finish(self, force=False):
        """Import the computer that was read.

        :param force: as for ``run``
        :return: sentence for the job's result
        """
        reason = self.decide(force)
        if reason:
            return reason
        self.component(usage="records.importer").run([self])
        return self.env._("“%s” is imported.", self.binding.name)

    def _lock(self):
        """One job at a time for a computer."""
        if not self.component(usage="locker").lock([self.external_id]):
            raise RetryableJobError(
                self.env._(
                    "Another job imports this computer at the moment: try again in "
                    "a few seconds."
                ),
                seconds=LOCK_RETRY,
                ignore_retry=True,
            )

    def _read(self):
        """:raises IDMissingInBackend: it was deleted in OCS meanwhile"""
        computer = self.backend_adapter.read(self.external_id)
        return dict(computer, external_id=self.external_id)

    def _before_import(self):
        """Find out what the binding is to hold: ``values``."""
        self.before = self.reporter.snapshot(self.binding)
        self._check_memory()
        if not self.binding and self.match.asset:
            self.binding = self._link_asset()
        values = self._map()
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
        """Write what differs to the binding, and to its asset."""
        self._update(self.binding, self.values)

    def _link_asset(self):
        """Link an asset that is there already; its history stays.

        :return: binding
        """
        linker = self.component(usage="asset.linker")
        return linker.run(self.external_id, self.match, self.computer)

    def _resolve_serial(self, binding, values):
        """Others that shared the serial number before may have it to themselves."""
        if binding.is_conflicting and "ocs_serial" in values:
            self._shared_serials.recheck_former(binding, values)
        return super()._resolve_serial(binding, values)

    def _is_shared_serial(self, serial, binding, values):
        shared = self._shared_serials
        uuid = values.get("hardware_uuid", binding.hardware_uuid)
        if not shared.is_shared(serial, uuid, binding):
            return False
        self.holders = shared.recheck_holders(serial, binding)
        self.gives_to_nobody = binding.ocs_serial == serial and shared.is_shared(
            serial, binding.hardware_uuid, binding
        )
        return True

    def _quiet(self, records):
        """The others that report a shared serial number were looked at already."""
        quiet = super()._quiet(records)
        return quiet.with_context(ocs_gives_to_nobody=self.gives_to_nobody)

    @property
    def reporter(self):
        """See ``ocs.change.reporter``."""
        return self.component(usage="change.reporter")

    @property
    def _shared_serials(self):
        return self.component(usage="shared.serials")

    def _map(self):
        """:return: dict of values for the binding, from the mapper"""
        return self.mapper.map_record(self.computer).values(
            for_create=not self.binding, fields=set(self.computer)
        )

    def import_monitors(self, put_off=False):
        """Make the monitors what OCS says, once there is a binding.

        :param put_off: whether new ones are created later
        :return: ``ocs.monitor.importer``, None without that section
        """
        if "monitors" not in self.computer:
            return None
        importer = self.component(
            usage="record.importer", model_name="ocs.monitor.binding"
        )
        importer.new = [] if put_off else None
        importer.is_first = self.is_new
        importer.run(self.binding, monitor_values(self.computer["monitors"]))
        self.warnings += importer.warnings
        self.is_conflicting |= importer.is_conflicting
        return importer

    def _after_import(self, surplus=()):
        """Tell and remember what was imported, settle what was wrong before.

        :param surplus: collection of records that are about to be deleted
        """
        self.reporter.tell(self.binding, self.before, surplus)
        values = {
            "digests": {**(self.binding.digests or {}), **self.computer["digests"]},
            "is_conflicting": self.is_conflicting,
            # each once: two monitors may be of one name
            "warnings": "\n".join(dict.fromkeys(self.warnings)) or False,
        }
        self._update(self.binding, values)
        self._return()
        self._settle_issue()
        for holder in self.holders:
            self.model._enqueue_import(
                self.backend_record, holder.external_id, holder.name
            )

    def _check_memory(self):
        modules = self.computer.get("memories", ())
        if any(row["CAPACITY"] >= OVERFLOW for row in modules):
            self.warnings.append(
                self.env._(
                    "The agent reported a memory module of %s MB, which is an "
                    "overflow: it is left out.",
                    OVERFLOW,
                )
            )
