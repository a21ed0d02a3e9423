"""Texts that break a careless reader."""

from ..computer import Computer
from .registry import Place, oddity


@oddity(90)
def longest_name(computer: Computer, place: Place) -> None:
    """A cloud image makes endless host names; OCS cuts them at 255 characters."""
    computer.hardware["NAME"] = f"{computer.name}-".ljust(255, "x")


@oddity(91)
def cyrillic_name(computer: Computer, place: Place) -> None:
    """The Kyiv office names its computers in its own script."""
    computer.hardware.update(
        NAME=f"Бухгалтерія-{computer.id}",
        WORKGROUP="ОФІС",
        DESCRIPTION="Комп'ютер бухгалтера",
    )


@oddity(92)
def hostile_name(computer: Computer, place: Place) -> None:
    """Nobody meant harm, and everything that is not escaped breaks."""
    computer.hardware["NAME"] = f"O'Brien \"<b>PC</b>\" 100% \\ 'x' {computer.id}"


@oddity(93)
def lost_characters(computer: Computer, place: Place) -> None:
    """Somebody put an emoji into a name.

    Four bytes do not fit into OCS's utf8; what arrives is '????'.
    """
    computer.hardware["NAME"] = f"{computer.name}-????"
    computer.hardware["DESCRIPTION"] = "???? meeting room"


@oddity(94)
def trailing_spaces(computer: Computer, place: Place) -> None:
    """Firmware fields are padded: vendor, model and name end with spaces."""
    computer.hardware["NAME"] += "  "
    computer.bios["SMANUFACTURER"] += "   "
    computer.bios["SMODEL"] += " "


@oddity(95)
def not_applicable_texts(computer: Computer, place: Place) -> None:
    """From 2.12 on the engine keeps 'N/A' and '??', which it made '' before."""
    computer.bios.update(ASSETTAG="N/A", SMODEL="??", MMODEL="N/A")
