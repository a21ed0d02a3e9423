"""Names, serial numbers, addresses: what tells one computer from another."""

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
_SPREADING = 9176263  # odd, so that a product modulo 2**24 is met only once


def fill(rng: Random, pattern: str) -> str:
    """A text made after a pattern of the catalogue: '5CG###@@@@' → '5CG0417XKP'."""
    return "".join(rng.choice(_ALPHABETS.get(sign, sign)) for sign in pattern)


def redraw(rng: Random, text: str, digits: str = "#", letters: str = "?") -> str:
    """Put other digits for the digits of a number, and other letters for its letters.

    :param digits: the sign of a pattern to draw for a digit
    :param letters: the same for a letter
    """
    pattern = (
        digits if sign.isdigit() else letters if sign.isalpha() else sign
        for sign in text
    )
    return fill(rng, "".join(pattern)).upper()


def host_name(site: Site, model: Model, number: int) -> str:
    return f"{site.code}-{_KIND_CODES[model.kind]}-{number:04d}"


def device_id(rng: Random, name: str) -> str:
    """What an agent calls itself once installed: the host name and the moment."""
    installed = _FIRST_INSTALLATION + timedelta(seconds=rng.randrange(_FOUR_YEARS))
    return f"{name}-{installed:%Y-%m-%d-%H-%M-%S}"


def uuid(rng: Random, serial: str, vendor: str) -> str:
    """A firmware UUID; Dell makes it of the characters of the service tag."""
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
    """The address of a computer's ``port`` (0 to 3): none has it twice.

    :param number: the computer's number in the fleet, up to four million
    """
    low = (number * 4 + port) * _SPREADING % 2**24
    return f"{vendor_bytes}:{low >> 16:02X}:{low >> 8 & 255:02X}:{low & 255:02X}"


def link_local(address: str) -> str:
    """The IPv6 link-local address an interface derives from its MAC (EUI-64)."""
    first, *others = (int(part, 16) for part in address.split(":"))
    parts = [first ^ 2, *others[:2], 0xFF, 0xFE, *others[2:]]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return "fe80::" + ":".join(f"{high << 8 | low:x}" for high, low in pairs)


def board_serial(rng: Random, model: Model, serial: str) -> str:
    """The number of the board; Dell writes the service tag into it."""
    if model.vendor.startswith("Dell"):
        return f"/{serial}/" + fill(rng, "CN###########@") + "/"
    return "" if model.kind == "vm" else fill(rng, "@@@@######@")
