# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What tells one machine from another, and when it tells nothing."""

from typing import NamedTuple

from . import aggregation
from .identifiers import (
    is_blacklisted_device_id,
    is_blacklisted_serial,
    is_blacklisted_uuid,
    plain_uuid,
)

#: Field of a binding behind each key of ocs.matching.key.
FIELDS = {
    "device_id": "device_id",
    "serial": "ocs_serial",
    "board_serial": "board_serial",
    "uuid": "hardware_uuid",
    "mac": "mac_addresses",
    "name": "name",
}

#: Fields of which two machines may well have one value: a mainboard's placeholder, the
#: adapter of a dock, the name of a machine that was replaced.
WEAK = frozenset(("board_serial", "mac_addresses", "name"))


class Blacklist(NamedTuple):
    """Values that tell nothing: those that are always junk, and an OCS's own lists."""

    #: casefolded (blacklist_serials.SERIAL)
    serials: frozenset = frozenset()
    #: casefolded (blacklist_macaddresses.MACADDRESS)
    macs: frozenset = frozenset()

    def has_serial(self, value):
        """Whether a serial number is junk."""
        return is_blacklisted_serial(value, self.serials)

    def tells_nothing(self, field, value):
        """Whether a value identifies no machine.

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
        """:return: set of the serial numbers that are none of these, casefolded"""
        return {value.casefold() for value in values if not self.has_serial(value)}

    def identity(self, computer):
        """What identifies a computer of OCS.

        :param computer: nested dict, see ``ocs.computer.adapter``
        :return: dict {field of a binding: str}, '' for what is not imported
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
        """The addresses of a computer, as its asset has them.

        :param networks: rows of networks
        """
        return ", ".join(aggregation.mac_addresses(networks, self.macs))


def are_two(one, other):
    """Whether two sets of real values have none in common."""
    return bool(one and other and not one & other)


def real_uuids(values):
    """:return: set of the UUIDs that are no junk, as they are compared"""
    return {plain_uuid(value) for value in values} - {""}
