# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.exception import IDMissingInBackend
from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import eligibility
from ..lib.aggregation import OVERFLOW, monitor_values
from ..lib.fingerprints import changed_sections
from ..lib.values import local_to_utc

#: Seconds until a job looks again whether the computer is free.
LOCK_RETRY = 2


class OcsComputerImporter(Component):
    """Makes the asset of one computer what OCS says."""

    _name = "ocs.computer.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.computer.binding"

    def __init__(self, work_context):
        super().__init__(work_context)
        self.external_id = None
        self.computer = None
        self.binding = None
        #: :class:`odoo.addons.connector_ocs.components.asset_matcher.AssetMatch` of a
        #: computer without binding
        self.match = None
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

    def decide(self, force=False):
        """Deal with a computer that is not to be imported.

        :return: sentence why not, None when it is
        """
        exclusion = eligibility.exclusion(self.computer)
        if exclusion:
            return self._skip(exclusion)
        if self._is_unchanged() and not force:
            return self._refresh()
        refusal = self._refusal()
        return self._refuse(refusal) if refusal else None

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

    def _after_missing(self, error):
        """OCS does not have the computer.

        Its asset is only touched once a run has found it gone: the run knows whether
        so many are gone that a person has to agree.
        """
        binding = self.binder.to_internal(self.external_id)
        if not binding:
            self._issues()._record(self.backend_record, self.external_id, "gone")
        elif binding.gone_since:
            self.component(usage="record.deleter").leave(binding)
            self._issues()._settle(self.backend_record, self.external_id)
        return str(error)

    def _skip(self, exclusion):
        """Leave a row that is no computer to import; say so in the list."""
        issue = self._issues()._find(self.backend_record, self.external_id)
        is_found_by_run = issue.reason == exclusion and issue.run_id
        if exclusion == "archived" and is_found_by_run:
            why = self.env._("This computer is archived in OCS.")
            self.component(usage="record.deleter").run(self.binding, why)
        self.binding.filtered("gone_since").write({"gone_since": False})
        issue = self._issues()._record(
            self.backend_record,
            self.external_id,
            exclusion,
            name=self.computer["hardware"]["NAME"],
        )
        return self.env._("Not imported: %s.", issue._describe_reason())

    def _refusal(self):
        """Why the computer must not be imported; finds the asset that it has without.

        :return: :class:`odoo.addons.connector_ocs.components.gate.Refusal` or None
        """
        refusal = self._refusal_of(self.computer, self.binding)
        if refusal or self.binding:
            return refusal
        self.match = self.component(usage="asset.matcher").find(self.computer)
        return self.match.refusal

    def _refusal_of(self, computer, binding):
        """The first reason of a gate; nothing is written.

        :return: :class:`odoo.addons.connector_ocs.components.gate.Refusal` or None
        """
        for gate in self._in_sequence("import.gate"):
            refusal = gate.check(computer, binding)
            if refusal:
                return refusal
        return None

    def _refuse(self, refusal):
        """Leave the asset as it is, and the computer on the list."""
        self.binding.filtered("gone_since").write({"gone_since": False})
        issue = self._issues()._refuse(
            self.backend_record, self.external_id, self.computer, refusal
        )
        return self.env._("Not imported: %s.", issue._describe_reason())

    def _is_unchanged(self):
        """Whether the asset is what an import would make of it.

        It is not if others may have taken something from it while its computer was
        away, or if it may take something back: the last one to see a monitor has it.
        """
        if self.binding.gone_action:
            return False
        if self.binding.is_contested and self.binding.last_inventory != self._date():
            return False
        return not changed_sections(self.binding.digests, self.computer["digests"])

    def _refresh(self):
        """Nothing differs but the date of the inventory."""
        if self.binding.last_inventory != self._date():
            self.binding.last_inventory = self._date()
        self._return()
        self._settle_issue()
        return self.env._("“%s” is unchanged.", self.binding.name)

    def _date(self):
        """:return: naive datetime of the inventory in UTC, or False"""
        last_date = self.computer["hardware"]["LASTDATE"]
        return local_to_utc(last_date, self.backend_record.tz) or False

    def prepare(self):
        """Find out what the binding is to hold: ``values``."""
        self.before = self.reporter.picture(self.binding)
        self._check_memory()
        if not self.binding and self.match.asset:
            self.binding = self._adopt()
        values = self._map()
        for source in self._in_sequence("value.source"):
            source.given = dict(values)
            values.update(source.values(self.computer, self.binding))
            self.warnings += source.warnings
        self._settle_serial(self.binding, values)
        if not self.binding:
            values.update(self.model._matched(self.match.reason))
            values["digests"] = self.computer["digests"]
        self.values = values

    def update(self):
        """Write what differs to the binding, and to its asset."""
        self._update(self.binding, self.values)

    def _adopt(self):
        """Link an asset that is there already; its history stays.

        :return: binding
        """
        adopter = self.component(usage="asset.adopter")
        return adopter.run(self.external_id, self.match, self.computer)

    def _settle_serial(self, binding, values):
        """Others that shared the serial number before may have it to themselves."""
        if binding.is_contested and "ocs_serial" in values:
            self._shared_serials.release(binding, values)
        return super()._settle_serial(binding, values)

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
        self.is_contested |= importer.is_contested
        return importer

    def conclude(self):
        """Remember what was imported, settle what was wrong before."""
        self.reporter.tell(self.binding, self.before)
        values = {
            "digests": {**(self.binding.digests or {}), **self.computer["digests"]},
            "is_contested": self.is_contested,
            # each once: two monitors may be of one name
            "warnings": "\n".join(dict.fromkeys(self.warnings)) or False,
        }
        self._update(self.binding, values)
        self._return()
        self._settle_issue()
        for holder in self.holders:
            self.model._delay_import(
                self.backend_record, holder.external_id, holder.name
            )

    def _settle_issue(self):
        """Take the computer off the list of those that are not imported."""
        if not self.lookups.is_nothing("issue", self.external_id):
            self._issues()._settle(self.backend_record, self.external_id)

    def _return(self):
        """The computer is in OCS: what was done while it was not is undone."""
        self.component(usage="record.deleter").restore(self.binding)

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

    def _issues(self):
        return self.env["ocs.import.issue"]
