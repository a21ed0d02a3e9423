# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from ..components.computer_adapter_identity import OcsIdentityAdapter
from ..components.computer_adapter_shared import (
    MAX_COMPARED,
    OcsSharedAdapter,
    ReportedValue,
)
from ..components.monitor_adapter import OcsMonitorAdapter
from ..lib import eligibility
from ..lib.identifiers import plain_serial
from ..lib.identity import Blacklist


class IdentityMixin:
    """Mixin that answers, from ``self.ocs``, who reports which identifiers."""

    def _patch_identities(self):
        identity, shared = OcsIdentityAdapter, OcsSharedAdapter
        self._patch_adapter("find_device_ids", self._find_device_ids, identity)
        self._patch_adapter("read_identities", self._read_identities, identity)
        self._patch_adapter("find_reported", self._find_reported, shared)
        self._patch_adapter("read_dates", self._read_dates, shared)
        self._patch_adapter("read_serials", self._read_serials, shared)
        self._patch_adapter("read_monitor_serials", self._monitor_serials, shared)
        self._patch_adapter("find_shared", self._find_shared, shared)
        self._patch_adapter("find_shared_keys", self._find_shared_keys, shared)
        self._patch_adapter("find_holders", self._find_holders, shared)
        monitors = OcsMonitorAdapter
        self._patch_adapter("find_repeated_monitors", self._find_repeated, monitors)
        self._patch_adapter("read_monitors", self._read_monitors, monitors)
        self._patch_adapter("read_monitors_of", self._read_monitors_of, monitors)

    def _find_device_ids(self, device_ids):
        found = {each["hardware"]["DEVICEID"] for each in self.ocs.values()}
        return device_ids & found

    def _read_identities(self, ids):
        return {external_id: self._identity(external_id) for external_id in ids}

    def _identity(self, external_id):
        return self.backend._blacklist().identity(self.ocs[external_id])

    def _find_shared(self, key, values):
        def forms(value):
            return frozenset(self.backend._blacklist().normal_forms(key, value))

        found = [forms(self._identity(external_id)[key]) for external_id in self.ocs]
        return {
            value for value in values if forms(value) and found.count(forms(value)) > 1
        }

    def _find_reported(self, field):
        found, blacklist = defaultdict(dict), Blacklist()
        for external_id, computer in sorted(self._live().items()):
            for value in blacklist.identity(computer)[field].split(", "):
                for normal in blacklist.usable(field, value):
                    found[normal][external_id] = value
        return [
            ReportedValue(
                min(values.values()),
                len(values),
                list(values)[:MAX_COMPARED],
                self._state(values),
            )
            for values in found.values()
            if len(values) > 1
        ]

    def _state(self, ids):
        columns = ("LASTDATE", "DEVICEID", "NAME", "UUID")
        hardware = [self.ocs[each]["hardware"] for each in ids]
        return repr(
            [list(ids), [[each[name] for name in columns] for each in hardware]]
        )

    def _live(self):
        """Return the computers that are not archived: dict as ``self.ocs``."""
        return {
            external_id: computer
            for external_id, computer in self.ocs.items()
            if not eligibility.exclusion(computer)
        }

    def _read_dates(self, ids):
        return {
            external_id: self.ocs[external_id]["hardware"]["LASTDATE"]
            for external_id in ids
            if external_id in self.ocs
        }

    def _read_serials(self, ids):
        return {
            external_id: computer["bios"]["SSN"]
            for external_id, computer in self._live().items()
            if external_id in ids
        }

    def _monitor_serials(self, ids):
        return [
            (external_id, row["SERIAL"])
            for external_id in ids
            if external_id in self.ocs
            for row in self.ocs[external_id]["monitors"]
            if row["SERIAL"]
        ]

    def _find_shared_keys(self, identity):
        return {key for key in identity if self._find_shared(key, {identity[key]})}

    def _find_holders(self, serials, macs):
        values = serials | macs
        return [
            external_id
            for external_id, computer in self.ocs.items()
            if any(value in repr(computer).casefold() for value in values)
        ]

    def _monitors_in_ocs(self):
        return [
            {
                **row,
                "OWNER": external_id,
                "DEVICEID": computer["hardware"]["DEVICEID"],
                "LASTDATE": computer["hardware"]["LASTDATE"],
            }
            for external_id, computer in self.ocs.items()
            if not eligibility.exclusion(computer)
            for row in computer.get("monitors", ())
        ]

    def _find_repeated(self, *_args):
        found = [plain_serial(row["SERIAL"]) for row in self._monitors_in_ocs()]
        return {value for value in found if value and found.count(value) > 1}

    def _read_monitors(self, serials):
        rows = self._monitors_in_ocs()
        return [row for row in rows if plain_serial(row["SERIAL"]) in serials]

    def _read_monitors_of(self, external_id):
        rows = self._monitors_in_ocs()
        return [row for row in rows if row["OWNER"] == external_id]
