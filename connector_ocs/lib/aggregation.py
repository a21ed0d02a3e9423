# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Rows of OCS sections summed up as the technician wants to read them."""

import re
from collections import Counter

from .identifiers import is_blacklisted_mac
from .values import clean_text

#: What an agent's overflow leaves in an integer column of MySQL.
OVERFLOW = 2147483647

_CAPACITY = re.compile(r"^(\d+)\s*(MB|GB|TB)?$", re.IGNORECASE)
_UNITS = {"MB": 1, "GB": 1024, "TB": 1024 * 1024}


def parse_capacity(text):
    """Capacity that an agent wrote, as a number.

    :param text: memories.CAPACITY before schema 7050 ('8192', 'No', '', '8 GB')
    :return: int, MB; 0 for what is no number
    """
    found = _CAPACITY.match(clean_text(text))
    if not found:
        return 0
    number, unit = found.groups()
    return int(number) * _UNITS[(unit or "MB").upper()]


def capacity_mb(value):
    """Capacity of a memory slot.

    :param value: memories.CAPACITY, MB as int or the agent's own text
    :return: int, MB; 0 for an empty slot and for what cannot be a capacity
        (negative, overflow, other text)
    """
    capacity = parse_capacity(value)
    return 0 if capacity >= OVERFLOW else capacity


def memory_summary(memories):
    """Memory modules, grouped by capacity.

    :param memories: rows of memories, with CAPACITY
    :return: such as '2x8192MB + 1x4096MB', the largest first, empty slots
        left out; '' without any module
    """
    modules = Counter(capacity_mb(row["CAPACITY"]) for row in memories)
    del modules[0]
    return " + ".join(
        f"{count}x{capacity}MB" for capacity, count in sorted(modules.items())[::-1]
    )


def graphics_summary(videos):
    """Graphics adapters in the order of OCS.

    :param videos: rows of videos, with NAME
    :return: names joined with ', '; blank names are left out
    """
    names = (clean_text(row["NAME"]) for row in videos)
    return ", ".join(name for name in names if name)


def monitor_values(monitors):
    """What tells one monitor from another.

    :param monitors: rows of monitors
    :return: list of dict with name (CAPTION), model (DESCRIPTION), serial
        (SERIAL) and manufacturer (MANUFACTURER), in the order of OCS; rows
        without any of them are left out
    """
    columns = {
        "name": "CAPTION",
        "model": "DESCRIPTION",
        "serial": "SERIAL",
        "manufacturer": "MANUFACTURER",
    }
    described = (
        {key: clean_text(row[column]) for key, column in columns.items()}
        for row in monitors
    )
    return [monitor for monitor in described if any(monitor.values())]


def mac_addresses(networks, blacklist=()):
    """Set of the hardware addresses of a computer.

    :param networks: rows of networks, with MACADDR; an interface has one row
        for each of its IP addresses
    :param junk: set of addresses that tell nothing besides the known ones, casefolded
    :return: sorted list of distinct addresses in capitals, junk left out
    """
    addresses = {clean_text(row["MACADDR"]).upper() for row in networks}
    return sorted(mac for mac in addresses if not is_blacklisted_mac(mac, blacklist))
