"""Names, serial numbers and addresses that identify computers."""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from .catalogue import Model, Site

_ALPHABETS = {
    "#": "0123456789",
    "?": "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "@": "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    "~": "0123456789abcdef",
}
_KIND_CODES = {
    "laptop": "LT",
    "desktop": "DT",
    "workstation": "WS",
    "server": "SRV",
    "vm": "VM",
}
_FIRST_INSTALLATION = datetime(2020, 1, 6, 8, 0, 0)
_FOUR_YEARS = 4 * 365 * 86400  # seconds
_SPREADING = 9176263  # odd, so that products modulo 2**24 are unique


def fill(rng: Random, pattern: str) -> str:
    """Return a text for a pattern of the catalogue: '5CG###@@@@' → '5CG0417XKP'."""
    return "".join(rng.choice(_ALPHABETS.get(sign, sign)) for sign in pattern)


def redraw(rng: Random, text: str, digits: str = "#", letters: str = "?") -> str:
    """Replace the digits and letters of a number by random ones.

    :param digits: pattern character for digits
    :param letters: pattern character for letters
    """
    pattern = (
        digits if sign.isdigit() else letters if sign.isalpha() else sign
        for sign in text
    )
    return fill(rng, "".join(pattern)).upper()


def host_name(site: Site, model: Model, number: int) -> str:
    return f"{site.code}-{_KIND_CODES[model.kind]}-{number:04d}"


def device_id(rng: Random, name: str) -> str:
    """Return the ID of an agent: its host name and the time of its installation."""
    installed = _FIRST_INSTALLATION + timedelta(seconds=rng.randrange(_FOUR_YEARS))
    return f"{name}-{installed:%Y-%m-%d-%H-%M-%S}"


def uuid(rng: Random, serial: str, vendor: str) -> str:
    """Return a firmware UUID; Dell derives it from the service tag."""
    if vendor.startswith("Dell"):
        return _dell_uuid(serial)
    digits = f"{rng.getrandbits(128):032X}"
    bounds = (0, 8, 12, 16, 20, 32)
    return "-".join(digits[i:j] for i, j in pairwise(bounds))


def _dell_uuid(tag: str) -> str:
    first = f"{ord(tag[0]) | 0x80:02X}"
    second, third, fourth, *last = (f"{ord(sign):02X}" for sign in tag[1:])
    return f"4C4C4544-00{second}-{third}10-80{fourth}-{first}C04F{''.join(last)}"


def mac(number: int, port: int, vendor_bytes: str) -> str:
    """Return the unique MAC address of a computer's ``port`` (0 to 3).

    :param number: of the computer in the fleet, up to four million
    """
    low = (number * 4 + port) * _SPREADING % 2**24
    return f"{vendor_bytes}:{low >> 16:02X}:{low >> 8 & 255:02X}:{low & 255:02X}"


def link_local(address: str) -> str:
    """Return the IPv6 link-local address that is derived from a MAC (EUI-64)."""
    first, *others = (int(part, 16) for part in address.split(":"))
    parts = [first ^ 2, *others[:2], 0xFF, 0xFE, *others[2:]]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return "fe80::" + ":".join(f"{high << 8 | low:x}" for high, low in pairs)


def board_serial(rng: Random, model: Model, serial: str) -> str:
    """Return the serial number of the board; Dell's contain the service tag."""
    if model.vendor.startswith("Dell"):
        return f"/{serial}/" + fill(rng, "CN###########@") + "/"
    return "" if model.kind == "vm" else fill(rng, "@@@@######@")
