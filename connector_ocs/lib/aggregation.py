# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Summaries of the rows of OCS sections."""

import re
from collections import Counter

from .identifiers import is_blacklisted_mac, plain_mac
from .monitors import COLUMNS, describe
from .values import OVERFLOW, clean_text

_CAPACITY = re.compile(r"^(\d+)\s*(MB|GB|TB)?$", re.IGNORECASE)
#: Firmware chips, which SMBIOS lists among the memory modules.
_FIRMWARE_TYPES = frozenset({"flash", "rom", "eprom", "eeprom", "feprom"})
_FIRMWARE = re.compile(
    r"^((system|bios|boot|uefi|efi|flash|option)[ _-]*)?(rom|flash)\b", re.IGNORECASE
)
_UNITS = {"MB": 1, "GB": 1024, "TB": 1024 * 1024}


def parse_capacity(text):
    """Parse the capacity that an agent reported as text.

    :param text: memories.CAPACITY before schema 7050 ('8192', 'No', '', '8 GB')
    :return: int, MB; 0 if it is not a number
    """
    found = _CAPACITY.match(clean_text(text))
    if not found:
        return 0
    number, unit = found.groups()
    return int(number) * _UNITS[(unit or "MB").upper()]


def capacity_mb(value):
    """Return the capacity of a memory slot.

    :param value: memories.CAPACITY, MB as int or the agent's text
    :return: int, MB; 0 for an empty slot and for a value that is no capacity
        (negative, overflow, other text)
    """
    capacity = parse_capacity(value)
    return 0 if capacity >= OVERFLOW else capacity


def is_memory(row):
    """Return whether a row is a memory module or slot, and not a firmware chip.

    :param row: row of memories
    """
    if clean_text(row.get("TYPE")).casefold() in _FIRMWARE_TYPES:
        return False
    labels = map(clean_text, (row.get("CAPTION"), row.get("DESCRIPTION")))
    return not any(map(_FIRMWARE.match, labels))


def memory_summary(memories):
    """Summarize memory modules by capacity.

    :param memories: rows of memories, with CAPACITY
    :return: such as '2x8192MB + 1x4096MB', the largest first, without empty slots and
        firmware chips; '' without any module
    """
    modules = Counter(
        capacity_mb(row["CAPACITY"]) for row in filter(is_memory, memories)
    )
    del modules[0]
    return " + ".join(
        f"{count}x{capacity}MB" for capacity, count in sorted(modules.items())[::-1]
    )


def graphics_summary(videos):
    """Summarize graphics adapters in the order of OCS.

    :param videos: rows of videos, with NAME
    :return: names joined with ', ', without blank names
    """
    names = (clean_text(row["NAME"]) for row in videos)
    return ", ".join(name for name in names if name)


def monitor_values(monitors):
    """Return the values that describe and identify monitors.

    :param monitors: rows of monitors
    :return: list of descriptions, see :mod:`.monitors`, in the order of OCS, without
        rows in which all columns are empty
    """
    described = (describe(row) for row in monitors)
    return [each for each in described if any(each[key] for key in COLUMNS)]


def mac_addresses(networks, blacklist=frozenset()):
    """Return the MAC addresses of a computer.

    :param networks: rows of networks, with MACADDR; an interface has one row
        for each of its IP addresses
    :param blacklist: frozenset of addresses to ignore besides the built-in ones
    :return: sorted list of distinct addresses such as 00:1B:21:AA:BB:01, including
        locally administered ones, without blacklisted ones
    """
    addresses = {row["MACADDR"] for row in networks}
    return sorted(
        {plain_mac(mac) for mac in addresses if not is_blacklisted_mac(mac, blacklist)}
    )
