# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Values that identify a machine, and blacklists of those that do not."""

from typing import NamedTuple

from . import aggregation
from .identifiers import (
    is_blacklisted_device_id,
    is_blacklisted_serial,
    is_blacklisted_uuid,
    plain_uuid,
)

#: Field of a binding for each key of ocs.matching.key.
FIELDS = {
    "device_id": "device_id",
    "serial": "ocs_serial",
    "board_serial": "board_serial",
    "uuid": "hardware_uuid",
    "mac": "mac_addresses",
    "name": "name",
}

#: Fields whose value two machines may well share: the placeholder of a mainboard, the
#: network adapter of a dock, the name of a machine that was replaced.
WEAK = frozenset(("board_serial", "mac_addresses", "name"))


class Blacklist(NamedTuple):
    """Blacklist of placeholders: the built-in ones and those of an OCS database."""

    #: casefolded (blacklist_serials.SERIAL)
    serials: frozenset = frozenset()
    #: casefolded (blacklist_macaddresses.MACADDRESS)
    macs: frozenset = frozenset()

    def has_serial(self, value):
        """Return whether a serial number is empty or a placeholder."""
        return is_blacklisted_serial(value, self.serials)

    def is_blacklisted(self, field, value):
        """Return whether a value does not identify a machine.

        :param field: one of the values of :data:`FIELDS`
        :param value: str or False
        """
        if field in ("ocs_serial", "board_serial"):
            return self.has_serial(value)
        if field == "hardware_uuid":
            return is_blacklisted_uuid(value)
        if field == "device_id":
            return is_blacklisted_device_id(value)
        return not value

    def real_serials(self, values):
        """:return: set of the serial numbers that are not blacklisted, casefolded"""
        return {value.casefold() for value in values if not self.has_serial(value)}

    def identity(self, computer):
        """Return the values that identify a computer.

        :param computer: nested dict, see ``ocs.computer.adapter``
        :return: dict {field of a binding: str}, '' for values that are not imported
        """
        hardware, bios = computer["hardware"], computer.get("bios", {})
        networks = computer.get("networks", ())
        return {
            "device_id": hardware["DEVICEID"],
            "ocs_serial": bios.get("SSN", ""),
            "board_serial": bios.get("MSN", ""),
            "hardware_uuid": hardware["UUID"],
            "mac_addresses": self.mac_set(networks),
            "name": hardware["NAME"],
        }

    def mac_set(self, networks):
        """Return the MAC addresses of a computer as a text, as on its asset.

        :param networks: rows of networks
        """
        return ", ".join(aggregation.mac_addresses(networks, self.macs))


def contradict(one, other):
    """Return whether two sets of real values are both known and have none in common."""
    return bool(one and other and not one & other)


def real_uuids(values):
    """:return: set of the UUIDs that are not blacklisted, normalized"""
    return {plain_uuid(value) for value in values} - {""}
