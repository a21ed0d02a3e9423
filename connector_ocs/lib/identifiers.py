# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Blacklists of identifiers that are only placeholders.

If manufacturers do not set serial numbers and addresses, many machines share a
placeholder. Such values are displayed, but never used for matching. The lists contain
the defaults of the OCS tables blacklist_serials and blacklist_macaddresses, and other
values that are common in fleets.
"""

import re

from .values import clean_text

#: Shorter serial numbers are counters or remains of a form.
SHORTEST_SERIAL = 4

_BLACKLISTED_SERIALS = frozenset(
    serial.casefold()
    for serial in (
        "N/A",
        "(null string)",
        "INVALID",
        "SYS-1234567890",
        "SYS-9876543210",
        "SN-12345",
        "SN-1234567890",
        "0123456789",
        "1234567890",
        "123456789000",
        "12345678901234567",
        "EVAL",
        "IATPASS",
        "none",
        "To Be Filled By O.E.M.",
        "Tulip Computers",
        "Serial Number xxxxxx",
        "SN-123456fvgv3i0b8o5n6n7k",
        "Default string",
        "System Serial Number",
        "SystemSerialNumb",
        "Not Specified",
        "Not Applicable",
        "Not Available",
        "Unknown",
        "empty",
        "OEM",
        "O.E.M.",
        "OEM_Serial",
        "Chassis Serial Number",
        "Base Board Serial Number",
        "Asset Tag",
        "<OUT OF SPEC>",
        "BSS-0123456789",
        "MB-1234567890",
        "null",
        "NA",
    )
)

_BLACKLISTED_MACS = frozenset(
    (
        "00:00:00:00:00:00",
        "FF:FF:FF:FF:FF:FF",
        "44:45:53:54:00:00",
        "44:45:53:54:00:01",
        "44:45:53:54:61:6F",
        "00:01:02:7D:9B:1C",
        "00:08:A1:46:06:35",
        "00:08:A1:66:E2:1A",
        "00:09:DD:10:37:68",
        "00:0F:EA:9A:E2:F0",
        "00:10:5A:72:71:F3",
        "00:11:11:85:08:8B",
        "10:11:11:11:11:11",
        "02:00:4E:43:50:49",
        "00:A0:C6:00:00:00",
        "0A:00:27:00:00:00",
        "20:41:53:59:4E:FF",
        "50:50:54:50:30:30",
        "33:50:6F:45:30:30",
        "02:80:37:EC:02:00",
    )
)
#: Host adapters of VMware's virtual networks: the same on every host.
_BLACKLISTED_MAC_PREFIX = "00:50:56:C0:00:"

_BLACKLISTED_UUIDS = frozenset(
    (
        "03000200-0400-0500-0006-000700080009",
        "6AB5B300-538D-1014-9FB5-B0684D007B53",
        "01010101-0101-0101-0101-010101010101",
    )
)

#: hardware.DEVICEID of all computers that were entered manually in the console.
MANUAL_DEVICE_ID = "MANUEL"

_ASCENDING = "01234567890123456789"


def is_blacklisted_serial(value, listed=()):
    """Return whether a serial number is empty or a placeholder.

    :param value: bios.SSN, bios.MSN or monitors.SERIAL
    :param listed: set of additional placeholders, casefolded
    """
    serial = clean_text(value or "").casefold()
    return (
        len(serial) < SHORTEST_SERIAL
        or serial in _BLACKLISTED_SERIALS
        or serial in listed
        or len(set(serial)) == 1
        or set(serial) <= {"0", "1"}
        or (serial.isdigit() and serial in _ASCENDING)
    )


def is_blacklisted_mac(value, listed=()):
    """Return whether a MAC address is malformed or shared by many machines.

    :param value: networks.MACADDR
    :param listed: set of additional such addresses, casefolded
    """
    mac = clean_text(value).upper()
    if not re.fullmatch(r"[0-9A-F]{2}(:[0-9A-F]{2}){5}", mac):
        return True
    return (
        mac in _BLACKLISTED_MACS
        or mac.startswith(_BLACKLISTED_MAC_PREFIX)
        or mac.casefold() in listed
    )


def is_blacklisted_uuid(value):
    """Return whether a UUID is malformed or a placeholder.

    :param value: hardware.UUID
    """
    uuid = clean_text(value or "").upper()
    digits = uuid.replace("-", "")
    if not re.fullmatch(r"[0-9A-F]{32}", digits):
        return True
    return uuid in _BLACKLISTED_UUIDS or len(set(digits)) == 1


def is_blacklisted_device_id(value):
    """Return whether a device ID does not identify a single OCS agent.

    :param value: hardware.DEVICEID
    """
    return clean_text(value or "") in ("", MANUAL_DEVICE_ID)


def plain_uuid(value):
    """Normalize a UUID for comparison: agents report it in either case.

    :param value: hardware.UUID
    :return: str, '' if it is blacklisted
    """
    if is_blacklisted_uuid(value):
        return ""
    return clean_text(value).upper().replace("-", "")
