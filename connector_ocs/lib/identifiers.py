# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Values that identify a machine: those that do not, and one normal form of the others.

If manufacturers do not set serial numbers and addresses, many machines share a
placeholder. Such values are displayed, but never used for matching. Most are
recognized by their shape (see :mod:`.placeholders`); the lists contain the others that
are defaults of the OCS tables blacklist_serials and blacklist_macaddresses, or common
in fleets.

A value may come from OCS, or from a user who typed or pasted it, so that its normal
form is also without invisible characters and outer spaces.
"""

import re
from functools import lru_cache

from .placeholders import is_placeholder, is_progression, is_sequence, reduce_text
from .values import clean_text

#: Shorter serial numbers are counters or remains of a form.
SHORTEST_SERIAL = 4

_BLACKLISTED_SERIALS = frozenset(("SN-123456FVGV3I0B8O5N6N7K",))

#: Week and year of manufacture, which some agents report for a monitor.
_WEEK = re.compile(r"\w{1,2}/(19|20)\d\d")

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
#: Numbers of an adapter that its manufacturer has not set.
_UNSET_ADAPTERS = (":00:00:00", ":FF:FF:FF")
#: Bits of the first byte of an address that is multicast or locally administered.
_MULTICAST, _LOCAL = 1, 2

_BLACKLISTED_UUIDS = frozenset(
    (
        "03000200040005000006000700080009",
        "123456781234567890ABCDDEEFAABBCC",
        "6AB5B300538D10149FB5B0684D007B53",
    )
)

#: hardware.DEVICEID of all computers that were entered manually in the console.
MANUAL_DEVICE_ID = "MANUEL"


#: The same values are compared again and again.
_remembered = lru_cache(maxsize=10_000)


@_remembered
def is_blacklisted_serial(value, listed=frozenset()):
    """Return whether a serial number is empty or a placeholder.

    :param value: bios.SSN, bios.MSN or monitors.SERIAL
    :param listed: frozenset of additional placeholders
    """
    serial = clean_text(value or "")
    plain = plain_serial(serial)
    return (
        len(serial) < SHORTEST_SERIAL
        or plain in _BLACKLISTED_SERIALS
        or plain in _plain_set(plain_serial, listed)
        or bool(_WEEK.fullmatch(serial))
        or is_placeholder(serial)
    )


def is_blacklisted_mac(value, listed=frozenset()):
    """Return whether a MAC address is malformed or known to be used by many machines.

    Such an address is not even displayed.

    :param value: networks.MACADDR, in any notation
    :param listed: frozenset of additional such addresses
    """
    mac = plain_mac(value)
    return (
        not mac
        or mac in _BLACKLISTED_MACS
        or mac.startswith(_BLACKLISTED_MAC_PREFIX)
        or mac in _plain_set(plain_mac, listed)
    )


@_remembered
def is_unique_mac(value, listed=frozenset()):
    """Return whether a MAC address identifies a single network adapter.

    A locally administered address does not: a user or a program has set it, such as
    02:00:00:00:00:00, which every Android phone reports. Nor does a placeholder.

    :param value: networks.MACADDR, in any notation
    :param listed: frozenset of additional addresses that many machines use
    """
    if is_blacklisted_mac(value, listed):
        return False
    mac = plain_mac(value)
    data = bytes.fromhex(mac.replace(":", ""))
    return not (
        data[0] & (_MULTICAST | _LOCAL)
        or mac.endswith(_UNSET_ADAPTERS)
        or _is_regular(data)
    )


def is_blacklisted_uuid(value):
    """Return whether a UUID is malformed or a placeholder.

    :param value: hardware.UUID, in any notation
    """
    return not plain_uuid(value)


def is_blacklisted_device_id(value):
    """Return whether a device ID does not identify a single OCS agent.

    :param value: hardware.DEVICEID
    """
    return (value or "") in ("", MANUAL_DEVICE_ID)


@_remembered
def plain_serial(value):
    """Return the normal form of a serial number, without case and blanks.

    Only the case of ASCII letters is ignored, so that PostgreSQL gets the same result
    in every locale.

    :param value: bios.SSN, bios.MSN or monitors.SERIAL
    :return: str
    """
    text = clean_text(value or "").replace(" ", "")
    return text.encode().upper().decode()


@_remembered
def plain_mac(value):
    """Return the normal form of a MAC address, such as 00:1B:21:AA:BB:01.

    :param value: networks.MACADDR: 00-1b-21-aa-bb-01, 001b.21aa.bb01, 0:1b:21:aa:bb:1
    :return: str, '' if it is malformed
    """
    groups = re.split("[:.-]", clean_text(value or "").upper())
    if len(groups) == 6:
        groups = [group.zfill(2) for group in groups]
    digits = "".join(groups)
    if not re.fullmatch("[0-9A-F]{12}", digits) or len({*map(len, groups)}) > 1:
        return ""
    return ":".join(re.findall("..", digits))


@_remembered
def plain_text(value):
    """Return the letters and digits of a name, in lower case and without accents.

    :param value: such as bios.SMANUFACTURER
    :return: str
    """
    return reduce_text(clean_text(value or ""))


@_remembered
def plain_uuid(value):
    """Return the normal form of a UUID, without case, dashes and braces.

    Firmware before SMBIOS 2.6 and some agents swap the bytes of its first three groups.
    The smaller text of both orders is returned, so that the same machine has the same
    UUID in Windows and Linux.

    :param value: hardware.UUID
    :return: str of 32 hexadecimal digits, '' if it is malformed or a placeholder
    """
    orders = uuid_orders(value)
    if any(_is_regular(bytes.fromhex(order)) for order in orders):
        return ""
    return "" if _BLACKLISTED_UUIDS.intersection(orders) else min(orders, default="")


def uuid_orders(value):
    """Return the digits of a UUID in both byte orders.

    :param value: hardware.UUID
    :return: tuple of two str of 32 hexadecimal digits, empty if it is malformed
    """
    digits = re.sub("[{} -]", "", clean_text(value or "")).upper()
    if not re.fullmatch("[0-9A-F]{32}", digits):
        return ()
    data = bytes.fromhex(digits)
    swapped = data[3::-1] + data[5:3:-1] + data[7:5:-1] + data[8:]
    return digits, swapped.hex().upper()


@_remembered
def _is_regular(data):
    """Return whether the bytes or digits of an address or a UUID follow a rule."""
    return is_progression(data) or is_sequence(data.hex())


@lru_cache(maxsize=100)
def _plain_set(plain, values):
    """Return the normal forms of a blacklist, which are computed once."""
    return frozenset(map(plain, values)) - {""}


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
