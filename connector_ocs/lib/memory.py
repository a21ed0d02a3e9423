# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Memory modules: capacities, and their summary."""

import re
from collections import Counter

from .values import OVERFLOW, as_texts

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
    found = _CAPACITY.match(str(text))
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

    :param row: row of memories, as text
    """
    if row.get("TYPE", "").casefold() in _FIRMWARE_TYPES:
        return False
    labels = (row.get(column, "") for column in ("CAPTION", "DESCRIPTION"))
    return not any(map(_FIRMWARE.match, labels))


def memory_summary(memories):
    """Summarize memory modules by capacity.

    :param memories: rows of memories, with CAPACITY
    :return: such as '2x8192MB + 1x4096MB', the largest first, without empty slots and
        firmware chips; '' without any module
    """
    modules = Counter(
        capacity_mb(row["CAPACITY"]) for row in filter(is_memory, as_texts(memories))
    )
    del modules[0]
    return " + ".join(
        f"{count}x{capacity}MB" for capacity, count in sorted(modules.items())[::-1]
    )
