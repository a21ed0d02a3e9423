"""Texts that careless code cannot process."""

from ..computer import Computer
from .registry import Place, oddity


@oddity(90)
def longest_name(computer: Computer, place: Place) -> None:
    """A cloud image has a very long host name; OCS truncates it to 255 characters."""
    computer.hardware["NAME"] = f"{computer.name}-".ljust(255, "x")


@oddity(91)
def cyrillic_name(computer: Computer, place: Place) -> None:
    """The Kyiv site uses Cyrillic names."""
    computer.hardware.update(
        NAME=f"Бухгалтерія-{computer.id}",
        WORKGROUP="ОФІС",
        DESCRIPTION="Комп'ютер бухгалтера",
    )


@oddity(92)
def hostile_name(computer: Computer, place: Place) -> None:
    """A name with all characters that have to be escaped somewhere."""
    computer.hardware["NAME"] = f"O'Brien \"<b>PC</b>\" 100% \\ 'x' {computer.id}"


@oddity(93)
def lost_characters(computer: Computer, place: Place) -> None:
    """A name with an emoji.

    OCS's utf8 does not support four bytes, so '????' is stored.
    """
    computer.hardware["NAME"] = f"{computer.name}-????"
    computer.hardware["DESCRIPTION"] = "???? meeting room"


@oddity(94)
def trailing_spaces(computer: Computer, place: Place) -> None:
    """Padded firmware fields: vendor, model and name end with spaces."""
    computer.hardware["NAME"] += "  "
    computer.bios["SMANUFACTURER"] += "   "
    computer.bios["SMODEL"] += " "


@oddity(95)
def not_applicable_texts(computer: Computer, place: Place) -> None:
    """From 2.12 on the server stores 'N/A' and '??', which it replaced by '' before."""
    computer.bios.update(ASSETTAG="N/A", SMODEL="??", MMODEL="N/A")
