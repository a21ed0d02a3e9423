# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""The rule that decides whether two descriptions are one machine.

A description is a dict {field of a binding: value}, see :meth:`Blacklist.identity`.
Each value that both descriptions have counts for or against one machine, with the
weight in :data:`EVIDENCE`; a value that identifies nothing (see :class:`Blacklist`)
counts as unknown.
"""

from typing import NamedTuple

from .identifiers import (
    is_blacklisted_device_id,
    is_blacklisted_serial,
    is_blacklisted_uuid,
    is_unique_mac,
    mac_addresses,
    plain_mac,
    plain_serial,
    plain_text,
    plain_uuid,
    uuid_orders,
)
from .placeholders import is_placeholder

#: Field of a binding for each key of ocs.matching.key.
FIELDS = {
    "device_id": "device_id",
    "serial": "ocs_serial",
    "board_serial": "board_serial",
    "uuid": "hardware_uuid",
    "mac": "mac_addresses",
    "name": "name",
}

SAME, UNCLEAR, DIFFERENT = "same", "unclear", "different"


class Evidence(NamedTuple):
    """Weight of a value that two descriptions have."""

    #: for one machine, if the value is equal
    same: int
    #: against one machine, if it differs
    different: int
    #: part of the machine that determines the value: each part counts once
    part: str


#: The table of evidence. A reinstalled agent has a new device ID, and its machine may
#: have a new name. A new mainboard has another UUID, serial number and MAC address. A
#: docking station lends its MAC address to any laptop. A copied virtual machine has
#: the UUID of the original, a disk that was moved its device ID, but neither has its
#: serial number. Machines of one model have the maker and the model in common.
EVIDENCE = {
    "device_id": Evidence(4, 1, "agent"),
    "ocs_serial": Evidence(4, 7, "case"),
    "hardware_uuid": Evidence(4, 4, "board"),
    "board_serial": Evidence(2, 2, "board"),
    "mac_addresses": Evidence(2, 1, "board"),
    "name": Evidence(2, 1, "name"),
    "manufacturer": Evidence(0, 2, "product"),
    "model": Evidence(0, 2, "product"),
}

#: Weight of a value that identifies a machine on its own.
STRONG = 4
#: How much more may speak against one machine until a strong value that is equal is no
#: reason to ask a person any more.
DOUBT = 2

#: Fields that identify a machine: if all of them are equal or unknown, a different name
#: or model alone does not make another machine.
IDENTIFIERS = frozenset(FIELDS.values()) - {"name"}


#: Fields that a new installation changes.
SOFTWARE = frozenset(("device_id", "name"))


class Comparison(NamedTuple):
    """Evidence for and against two descriptions being one machine."""

    #: fields whose value is equal
    same: tuple
    #: fields whose value differs
    different: tuple

    @property
    def balance(self):
        """Weight of the evidence for one machine, less that against it."""
        return _weight(self.same, "same") - _weight(self.different, "different")

    @property
    def verdict(self):
        """One of :data:`SAME`, :data:`UNCLEAR` and :data:`DIFFERENT`."""
        if self.balance > 0:
            return SAME
        is_strong = any(EVIDENCE[field].same >= STRONG for field in self.same)
        is_unclear = self.balance == 0 or (is_strong and self.balance >= -DOUBT)
        return UNCLEAR if is_unclear else DIFFERENT


def _weight(fields, side):
    """Return the weight of some fields; of each part, the heaviest one counts."""
    parts = {}
    for field in fields:
        evidence = EVIDENCE[field]
        weight = getattr(evidence, side)
        parts[evidence.part] = max(weight, parts.get(evidence.part, 0))
    return sum(parts.values())


def compare(one, other, blacklist):
    """Weigh whether two descriptions are one machine.

    :param one: dict {field: value}, '' or False for unknown values
    :param other: dict of the same kind
    :param blacklist: :class:`Blacklist`
    :return: :class:`Comparison`
    """
    same, different = [], []
    for field in EVIDENCE:
        values, others = (
            frozenset(blacklist.normal_forms(field, each.get(field) or ""))
            for each in (one, other)
        )
        if values and others and not values & others:
            different.append(field)  # a machine that shares a value still has that one
        elif blacklist.unshared(field, values & others):
            same.append(field)
    return Comparison(tuple(same), tuple(different))


def is_replaced(known, found, blacklist):
    """Return whether OCS has given the ID of a computer to another machine.

    The agent is asked first: OCS keeps one row for each device ID. With another agent
    under the same ID, only evidence for the same machine counts as such.

    :param known: description of the computer when it was imported
    :param found: description of the computer that has its ID now
    :param blacklist: :class:`Blacklist`
    """
    compared = compare(known, found, blacklist)
    if "device_id" in compared.same:
        return False
    if "device_id" in compared.different:
        return compared.verdict != SAME
    return compared.verdict == DIFFERENT and bool(
        IDENTIFIERS.intersection(compared.different)
    )


def is_replacement(one, other, blacklist):
    """Return whether two computers in OCS are one machine that was reinstalled.

    It reports under its new ID only. If the older row was inventoried after the newer
    one appeared, they are two machines, however equal their values are: a virtual
    machine and its copy, or two machines with the same values from the factory. Two
    operating systems of one machine take turns, too, but they have its MAC address in
    common, or report its UUID in the two byte orders.

    :param one: description with external_id (hardware.ID), first_inventory and
        last_inventory (datetime, or False)
    :param other: description of the same kind
    :param blacklist: :class:`Blacklist`
    """
    compared = compare(one, other, blacklist)
    if compared.verdict != SAME or not SOFTWARE.issuperset(compared.different):
        return False
    is_dual_boot = "mac_addresses" in compared.same or (
        "hardware_uuid" in compared.same and _have_other_byte_order(one, other)
    )
    return is_dual_boot or not coexisted(one, other)


def coexisted(one, other):
    """Return whether two computers were inventoried side by side."""
    older, newer = sorted((one, other), key=lambda each: each["external_id"])
    seen, appeared = older["last_inventory"], newer["first_inventory"]
    return bool(seen and appeared and seen > appeared)


def _have_other_byte_order(one, other):
    digits, *_others = uuid_orders(one["hardware_uuid"])
    return digits not in uuid_orders(other["hardware_uuid"])[:1]


class Blacklist(NamedTuple):
    """Values that identify nothing: placeholders, and what several machines share."""

    #: serial numbers in the blacklist of OCS, casefolded (blacklist_serials.SERIAL)
    serials: frozenset = frozenset()
    #: MAC addresses, casefolded (blacklist_macaddresses.MACADDRESS)
    macs: frozenset = frozenset()
    #: pairs of a field and a value in normal form that different machines have reported
    shared: frozenset = frozenset()

    def has_serial(self, value):
        """Return whether a serial number is empty or a placeholder."""
        return is_blacklisted_serial(value, self.serials)

    def is_blacklisted(self, field, value):
        """Return whether a value is empty or a placeholder.

        A value that is only shared finds assets, but does not count as evidence.

        :param field: key of :data:`EVIDENCE`
        :param value: str or False
        """
        return not (value and self.normal_forms(field, value))

    def usable(self, field, value):
        """Return the parts of a value that identify a machine, in their normal form.

        :param field: key of :data:`EVIDENCE`
        :param value: str or False
        :return: frozenset of str; several only for MAC addresses
        """
        if not value:
            return frozenset()
        return self.unshared(field, self.normal_forms(field, value))

    def unshared(self, field, values):
        """Return those of some values that are not shared.

        :param values: collection of str, in normal form
        :return: frozenset of str
        """
        return frozenset(each for each in values if (field, each) not in self.shared)

    def normal_forms(self, field, value):
        """Return the normal forms of a value, in which equal values are equal.

        :param field: key of :data:`EVIDENCE`
        :param value: str
        :return: collection of str, empty for a placeholder
        """
        if field in ("ocs_serial", "board_serial"):
            return () if self.has_serial(value) else (plain_serial(value),)
        if field == "hardware_uuid":
            return () if is_blacklisted_uuid(value) else (plain_uuid(value),)
        if field in ("device_id", "name"):
            return () if is_blacklisted_device_id(value) else (value.casefold(),)
        if field == "mac_addresses":
            macs = (each for each in value.split(",") if is_unique_mac(each, self.macs))
            return {plain_mac(each) for each in macs}
        if field == "manufacturer":  # agents abbreviate what follows
            value = value.split()[0] if value.split() else ""
        return () if is_placeholder(value) else (plain_text(value),)

    def all_normal_forms(self, identity):
        """Return {field: frozenset} of the values of a description in normal form."""
        found = {
            field: frozenset(self.normal_forms(field, value))
            for field, value in identity.items()
            if value
        }
        return {field: forms for field, forms in found.items() if forms}

    def identity(self, computer):
        """Return the description of a computer.

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
            "manufacturer": bios.get("SMANUFACTURER", ""),
            "model": bios.get("SMODEL", ""),
        }

    def mac_set(self, networks):
        """Return the MAC addresses of a computer as a text, as on its asset.

        :param networks: rows of networks
        """
        return ", ".join(mac_addresses(networks, self.macs))

    def sharing(self, identity, fields):
        """Return a blacklist on which some values of a computer count as shared, too.

        :param identity: dict {field: value}
        :param fields: fields whose value other computers report as well
        """
        pairs = {
            (field, each)
            for field in fields
            for each in self.normal_forms(field, identity[field])
        }
        return self._replace(shared=self.shared | pairs)
