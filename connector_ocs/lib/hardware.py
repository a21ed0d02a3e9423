# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Rows of OCS sections as the parts of a computer.

A part is a dict of values of ``maintenance.equipment.component``. Values that OCS does
not have are left out, so that two parts are equal when OCS says the same of both.
"""

import re
from ipaddress import ip_address

from .aggregation import OVERFLOW, capacity_mb, parse_capacity
from .values import clean_text, positive_int

#: Values that change while the part stays the same one.
VOLATILE = frozenset({"free_mb", "resolution", "sequence", "speed", "status"})

#: What is plugged in and out, or is no part of the machine at all.
_REMOVABLE = re.compile(
    r"removable|\busb\b|\bcd\b|cd-?rom|\bdvd|blu-?ray|optical|floppy|card reader"
    r"|network|remote",
    re.IGNORECASE,
)
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smbfs", "smb3", "sshfs"})
_MEDIA_FILESYSTEMS = frozenset({"cdfs", "iso9660", "udf"})
#: File systems that no disk holds.
_VIRTUAL_FILESYSTEMS = frozenset(
    ("autofs", "devtmpfs", "overlay", "ramfs", "squashfs", "tmpfs")
)
_DIGITS = re.compile(r"^\d+(\.\d+)?$")
_NUMBER = re.compile(r"(\d+)")
_UNITS = ("MB", "GB", "TB", "PB")


def parts(computer):
    """The parts of a computer, by kind.

    :param computer: nested dict, see ``ocs.computer.adapter``
    :return: dict {kind: list of dict} of the sections that are imported, each in an
        order that does not depend on that of OCS, but for graphics
    """
    found = {
        kind: make(computer[table])
        for kind, (table, make) in SECTIONS.items()
        if table in computer
    }
    return {
        kind: [dict(values, sequence=number) for number, values in enumerate(rows, 1)]
        for kind, rows in found.items()
    }


def identity(values):
    """What two parts that are the same have in common.

    :param values: dict of values
    :return: hashable
    """
    return frozenset(
        (name, value)
        for name, value in values.items()
        if value and name not in VOLATILE
    )


def processors(rows):
    """:param rows: of cpus, one for each socket"""
    return _in_order(
        _filled(
            name=clean_text(row.get("TYPE")),
            manufacturer=clean_text(row.get("MANUFACTURER")),
            slot=clean_text(row.get("SOCKET")),
            speed=_with_unit(row.get("SPEED"), "MHz"),
            cores=_number(row.get("CORES")),
            logical_cpus=_number(row.get("LOGICAL_CPUS")),
        )
        for row in rows
    )


def memory(rows):
    """Modules, and slots without one.

    :param rows: of memories
    """
    slots = [_slot(row) for row in rows]
    return _in_order(slots, "slot")


def _slot(row):
    caption, description = map(clean_text, (row.get("CAPTION"), row.get("DESCRIPTION")))
    capacity = row.get("CAPACITY")
    slot = positive_int(row.get("NUMSLOTS"))
    common = _filled(
        name=caption or description,
        description=description if caption else "",
        slot=str(slot) if slot else "",
    )
    # a module of which the agent tells no size it can have is a module all the same
    if not capacity_mb(capacity) and parse_capacity(capacity) < OVERFLOW:
        return common | {"is_empty": True}
    return common | _filled(
        size_mb=capacity_mb(capacity),
        type=clean_text(row.get("TYPE")),
        speed=_with_unit(row.get("SPEED"), "MHz"),
        serial_number=clean_text(row.get("SERIALNUMBER")),
    )


def graphics(rows):
    """Adapters in the order of OCS, the first one is that of the firmware.

    :param rows: of videos
    """
    found = (
        _filled(
            name=clean_text(row.get("NAME")),
            model=clean_text(row.get("CHIPSET")),
            size_mb=_size(row.get("MEMORY")),
            resolution=clean_text(row.get("RESOLUTION")),
        )
        for row in rows
    )
    return [values for values in found if _is_something(values)]


def disks(rows):
    """Disks; CD drives and USB sticks are told apart by ``is_removable``.

    :param rows: of storages
    """
    return _in_order(
        _filled(
            name=clean_text(row.get("NAME")),
            manufacturer=clean_text(row.get("MANUFACTURER")),
            model=clean_text(row.get("MODEL")),
            description=clean_text(row.get("DESCRIPTION")),
            type=clean_text(row.get("TYPE")),
            size_mb=_size(row.get("DISKSIZE")),
            serial_number=clean_text(row.get("SERIALNUMBER")),
            firmware=clean_text(row.get("FIRMWARE")),
            is_removable=_is_removable(row, "TYPE", "DESCRIPTION", "MODEL", "NAME"),
        )
        for row in rows
    )


def volumes(rows):
    """:param rows: of drives; the mount point of a Unix system is their TYPE"""
    return _in_order(_volume(row) for row in rows)


def _volume(row):
    letter, kind = map(clean_text, (row.get("LETTER"), row.get("TYPE")))
    filesystem = clean_text(row.get("FILESYSTEM"))
    is_away = filesystem.casefold() in _NETWORK_FILESYSTEMS | _MEDIA_FILESYSTEMS
    # the name of a folder says nothing of what is mounted there
    is_away = is_away or ("/" not in kind and _is_removable(row, "TYPE"))
    return _filled(
        name=letter or kind,
        type=kind if letter else "",
        description=clean_text(row.get("VOLUMN")),
        filesystem=filesystem,
        size_mb=_size(row.get("TOTAL")),
        free_mb=_size(row.get("FREE")),
        is_removable=is_away,
        is_virtual=filesystem.casefold() in _VIRTUAL_FILESYSTEMS,
    )


def interfaces(rows):
    """Network interfaces, each with all its addresses.

    :param rows: of networks: an interface has one for each of its addresses
    """
    grouped = {}
    for row in rows:
        mac = clean_text(row.get("MACADDR")).upper()
        name = clean_text(row.get("DESCRIPTION"))
        grouped.setdefault((mac, name), []).append(row)
    found = (_interface(mac, name, same) for (mac, name), same in grouped.items())
    return _in_order(found, "is_virtual", "name")


def _interface(mac, name, rows):
    def first(column):
        return next(filter(None, (clean_text(row.get(column)) for row in rows)), "")

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
    """IP addresses, each once, IPv4 before IPv6.

    :param addresses: texts of OCS, blank ones are left out
    :return: list of str
    """
    found = {clean_text(address) for address in addresses} - {""}
    return sorted(found, key=_address_key)


def _address_key(text):
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return 9, 0, text
    return address.version, int(address), text


def readable_size(megabytes):
    """Size as people write it.

    :param megabytes: int
    :return: such as '512 MB', '8 GB' or '1.8 TB'; '' when it is not known
    """
    if not megabytes:
        return ""
    size, unit = megabytes, 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f}".removesuffix(".0") + f" {_UNITS[unit]}"


def _filled(**values):
    return {name: value for name, value in values.items() if value}


def _in_order(found, *first):
    """Parts that say something, in an order of their own."""
    names = (*first, "name", "slot", "model", "size_mb", "serial_number")
    kept = [values for values in found if _is_something(values)]
    return sorted(
        kept,
        key=lambda values: (
            [_sort_key(values.get(name)) for name in names],
            repr(sorted(values.items())),
        ),
    )


def _sort_key(value):
    """Numbers in a text count as numbers: slot 2 comes before slot 10."""
    pieces = _NUMBER.split(str(int(value) if isinstance(value, bool) else value or ""))
    return [
        (1, int(piece), "") if piece.isdecimal() else (0, 0, piece) for piece in pieces
    ]


def _is_something(values):
    return bool(set(values) - {"is_removable", "is_virtual"})


def _is_removable(row, *columns):
    return any(_REMOVABLE.search(clean_text(row.get(column))) for column in columns)


def _size(value):
    """MB as int, from an integer column or a text; 0 when it cannot be one."""
    return capacity_mb(value)


def _number(value):
    number = positive_int(value)
    return number if number < OVERFLOW else 0


def _with_unit(value, unit):
    text = clean_text(value)
    if not _DIGITS.match(text):
        return text
    return f"{text} {unit}" if float(text) else ""


#: {kind: (table of OCS, function that makes parts of its rows)}
SECTIONS = {
    "processor": ("cpus", processors),
    "memory": ("memories", memory),
    "graphics": ("videos", graphics),
    "disk": ("storages", disks),
    "network": ("networks", interfaces),
    "volume": ("drives", volumes),
}
