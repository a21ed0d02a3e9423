# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Conversion of rows of batteries, which the agents fill in different ways."""

import re

from .placeholders import is_placeholder
from .values import positive_int

_CAPACITY = re.compile(r"(?P<number>\d+([.,]\d+)?)\s*(?P<unit>m?[WA]h)?", re.IGNORECASE)
#: Without any of these, a row is no battery: the Unix agent adds empty ones.
_REQUIRED = {"name", "manufacturer", "serial_number", "capacity", "cycles"}


def battery(row):
    """Return the values of a battery.

    :param row: row of batteries, as text; on Linux, DESCRIPTION is the model
    :return: dict without empty values; empty if the row is no battery
    """
    values = {
        "name": _known(row.get("NAME")) or _known(row.get("DESCRIPTION")),
        "manufacturer": _known(row.get("MANUFACTURER")),
        "type": _known(row.get("CHEMISTRY")),
        "serial_number": _known(row.get("SERIALNUMBER")),
        "capacity": capacity(row.get("DESIGNCAPACITY")),
        "cycles": positive_int(row.get("CYCLES")),
        "charge": charge(row.get("ESTIMATEDCHARGEREMAINING")),
        "status": _known(row.get("STATUS")),
    }
    values = {name: value for name, value in values.items() if value}
    return values if values.keys() & _REQUIRED else {}


def capacity(value):
    """Return the design capacity in a human-readable form.

    :param value: batteries.DESIGNCAPACITY, with or without unit; a number alone is in
        Wh (Linux) or, from 1000 on, in mWh (Windows)
    :return: such as '50.2 Wh' or '4500 mAh'; '' if it is unknown or no capacity
    """
    found = _CAPACITY.fullmatch(str(value))
    number = float(found["number"].replace(",", ".")) if found else 0
    if not number:
        return ""
    unit = (found["unit"] or ("mWh" if number >= 1000 else "Wh")).lower()
    if unit.endswith("ah"):
        return f"{number if unit == 'mah' else number * 1000:.0f} mAh"
    hours = round(number / 1000 if unit == "mwh" else number, 1)
    return f"{hours:.1f}".removesuffix(".0") + " Wh"


def charge(value):
    """Return the charge in a human-readable form.

    :param value: batteries.ESTIMATEDCHARGEREMAINING: per cent, or mAh on macOS
    :return: such as '87 %' or '4321 mAh'; '' if it is unknown
    """
    text = str(value).rstrip("% ")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        return ""
    return f"{text} %" if float(text) <= 100 else f"{text} mAh"


def _known(value):
    """Return a text, or '' if it only says that the value is unknown."""
    return "" if not value or is_placeholder(value) else value
