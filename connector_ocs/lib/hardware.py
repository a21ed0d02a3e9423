# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Conversion of rows of OCS sections to the parts of a computer.

A part is a dict of values of ``maintenance.equipment.component``. It has no keys for
empty values, so that two parts are equal if OCS reports the same for both.
"""

import re
from ipaddress import ip_address

from .batteries import battery
from .memory import capacity_mb, is_memory, parse_capacity
from .values import OVERFLOW, as_texts, positive_int, processor_number

#: Values that change although the part stays the same.
VOLATILE = frozenset(
    "capacity charge cycles free_mb resolution sequence speed status".split()
)

#: Removable media and devices, and those that are not part of the machine.
_REMOVABLE = re.compile(
    r"removable|\busb\b|\bcd\b|cd-?rom|\bdvd|blu-?ray|optical|floppy|card reader"
    r"|network|remote",
    re.IGNORECASE,
)
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3", "sshfs"})
_MEDIA_FILESYSTEMS = frozenset({"cdfs", "iso9660", "udf"})
#: File systems that are not stored on a disk.
_VIRTUAL_FILESYSTEMS = frozenset(
    ("autofs", "devtmpfs", "overlay", "ramfs", "squashfs", "tmpfs")
)
_DIGITS = re.compile(r"^\d+(\.\d+)?$")
_NUMBER = re.compile(r"(\d+)")


def parts(computer):
    """Return the parts of a computer by kind.

    :param computer: nested dict, see ``ocs.computer.adapter``
    :return: dict {kind: list of dict} of the imported sections, each in an order that
        does not depend on the order of OCS, except for graphics
    """
    found = {
        kind: convert(as_texts(computer[table]))
        for kind, (table, convert) in SECTIONS.items()
        if table in computer
    }
    return {
        kind: [dict(values, sequence=number) for number, values in enumerate(rows, 1)]
        for kind, rows in found.items()
    }


def identity(values):
    """Return what identifies a part: its values that are not volatile.

    :param values: dict of values
    :return: hashable
    """
    return frozenset(
        (name, value)
        for name, value in values.items()
        if value and name not in VOLATILE
    )


def processors(rows):
    """Return the processors.

    :param rows: rows of cpus, one for each socket; a processor of which nothing but
        impossible numbers are reported is one all the same
    """
    return _sorted(_processor(row) for row in rows if _is_reported(row))


def _is_reported(row):
    values = map(str, filter(None, row.values()))
    return any(value != "0" and not value.startswith("-") for value in values)


def _processor(row):
    return _filled(
        name=row.get("TYPE"),
        manufacturer=row.get("MANUFACTURER"),
        slot=row.get("SOCKET"),
        speed=_with_unit(row.get("SPEED"), "MHz"),
        cores=processor_number(row.get("CORES")),
        logical_cpus=processor_number(row.get("LOGICAL_CPUS")),
    )


def memory(rows):
    """Return the memory modules, and the empty slots.

    :param rows: rows of memories
    """
    slots = [_slot(row) for row in rows if is_memory(row)]
    return _in_order(slots, "slot")


def _slot(row):
    caption, description = row.get("CAPTION", ""), row.get("DESCRIPTION", "")
    capacity = row.get("CAPACITY")
    slot = positive_int(row.get("NUMSLOTS"))
    common = _filled(
        name=caption or description,
        description=description if caption else "",
        slot=str(slot) if slot else "",
    )
    # a module is no empty slot even if the agent reports an impossible size
    if not capacity_mb(capacity) and parse_capacity(capacity) < OVERFLOW:
        return common | {"is_empty": True}
    return common | _filled(
        size_mb=capacity_mb(capacity),
        type=row.get("TYPE"),
        speed=_with_unit(row.get("SPEED"), "MHz"),
        serial_number=row.get("SERIALNUMBER"),
    )


def graphics(rows):
    """Return the graphics adapters in the order of OCS: the firmware's one is first.

    :param rows: rows of videos
    """
    found = (
        _filled(
            name=row.get("NAME"),
            model=row.get("CHIPSET"),
            size_mb=_size(row.get("MEMORY")),
            resolution=row.get("RESOLUTION"),
        )
        for row in rows
    )
    return [values for values in found if _is_something(values)]


def disks(rows):
    """Return the disks; CD drives and USB sticks are marked as ``is_removable``.

    :param rows: rows of storages
    """
    return _in_order(
        _filled(
            name=row.get("NAME"),
            manufacturer=row.get("MANUFACTURER"),
            model=row.get("MODEL"),
            description=row.get("DESCRIPTION"),
            type=row.get("TYPE"),
            size_mb=_size(row.get("DISKSIZE")),
            serial_number=row.get("SERIALNUMBER"),
            firmware=row.get("FIRMWARE"),
            is_removable=_is_removable(row, "TYPE", "DESCRIPTION", "MODEL", "NAME"),
        )
        for row in rows
    )


def volumes(rows):
    """Return the volumes.

    :param rows: rows of drives; on Unix, TYPE is the mount point
    """
    return _in_order(_volume(row) for row in rows)


def _volume(row):
    letter, kind = row.get("LETTER", ""), row.get("TYPE", "")
    filesystem = row.get("FILESYSTEM", "")
    is_removable = filesystem.casefold() in _NETWORK_FILESYSTEMS | _MEDIA_FILESYSTEMS
    # the name of a mount point says nothing about the device
    is_removable = is_removable or ("/" not in kind and _is_removable(row, "TYPE"))
    return _filled(
        name=letter or kind,
        type=kind if letter else "",
        description=row.get("VOLUMN"),
        filesystem=filesystem,
        size_mb=_size(row.get("TOTAL")),
        free_mb=_size(row.get("FREE")),
        is_removable=is_removable,
        is_virtual=filesystem.casefold() in _VIRTUAL_FILESYSTEMS,
    )


def batteries(rows):
    """Return the batteries.

    :param rows: rows of batteries
    """
    return _in_order(map(battery, rows))


def interfaces(rows):
    """Return the network interfaces, each with all its IP addresses.

    :param rows: rows of networks, one for each IP address of an interface
    """
    grouped = {}
    for row in rows:
        mac, name = row.get("MACADDR", "").upper(), row.get("DESCRIPTION", "")
        grouped.setdefault((mac, name), []).append(row)
    found = (_interface(mac, name, same) for (mac, name), same in grouped.items())
    return _in_order(found, "is_virtual", "name")


def _interface(mac, name, rows):
    def first(column):
        return next(filter(None, (row.get(column) for row in rows)), "")

    return _filled(
        name=name or mac,
        mac_address=mac,
        type=first("TYPE"),
        speed=first("SPEED"),
        status=first("STATUS"),
        ip_addresses=", ".join(sort_addresses(row.get("IPADDRESS") for row in rows)),
        is_virtual=any(positive_int(row.get("VIRTUALDEV")) for row in rows),
    )


def sort_addresses(addresses):
    """Return distinct IP addresses, IPv4 before IPv6.

    :param addresses: texts from OCS; blank ones are ignored
    :return: list of str
    """
    found = set(filter(None, addresses))
    return sorted(found, key=_address_key)


def _address_key(text):
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return 9, 0, text
    return address.version, int(address), text


def _filled(**values):
    return {name: value for name, value in values.items() if value}


def _in_order(found, *first):
    """Return the parts that are not empty, in an order independent of OCS."""
    return _sorted(filter(_is_something, found), *first)


def _sorted(found, *first):
    names = (*first, "name", "slot", "model", "size_mb", "serial_number")
    return sorted(
        found,
        key=lambda values: (
            [_sort_key(values.get(name)) for name in names],
            repr(sorted(values.items())),
        ),
    )


def _sort_key(value):
    """Return a natural sort key, so that slot 2 comes before slot 10."""
    pieces = _NUMBER.split(str(int(value) if isinstance(value, bool) else value or ""))
    return [
        (1, int(piece), "") if piece.isdecimal() else (0, 0, piece) for piece in pieces
    ]


def _is_something(values):
    return bool(set(values) - {"is_removable", "is_virtual"})


def _is_removable(row, *columns):
    return any(_REMOVABLE.search(row.get(column, "")) for column in columns)


def _size(value):
    """Return MB as int, from an integer column or a text; 0 if invalid."""
    return capacity_mb(value)


def _with_unit(value, unit):
    text = str(value or "")
    if not _DIGITS.match(text):
        return text
    return f"{text} {unit}" if 0 < float(text) < OVERFLOW else ""


#: {kind: (OCS table, function that converts its rows to parts)}
SECTIONS = {
    "processor": ("cpus", processors),
    "memory": ("memories", memory),
    "graphics": ("videos", graphics),
    "disk": ("storages", disks),
    "network": ("networks", interfaces),
    "volume": ("drives", volumes),
    "battery": ("batteries", batteries),
}
