"""Dates that are none, or not yet."""

from datetime import timedelta

from ..computer import Computer
from .registry import Place, oddity


@oddity(98)
def zero_lastdate(computer: Computer, place: Place) -> None:
    """An import into OCS failed half way: the last inventory has a date of zeros."""
    zero = "0000-00-00 00:00:00"
    computer.hardware.update(LASTDATE=zero, LASTCOME=zero)


@oddity(99)
def zero_volume_date(computer: Computer, place: Place) -> None:
    """The Windows agent sends no CREATEDATE, and MariaDB makes 0000-00-00 of that."""
    for volume in computer.tables["drives"]:
        volume["CREATEDATE"] = "0000-00-00"


@oddity(100)
def lastdate_in_the_future(computer: Computer, place: Place) -> None:
    """An agent may send the date itself: the clock of this computer is a year ahead."""
    ahead = place.now.replace(microsecond=0) + timedelta(days=365)
    computer.hardware.update(LASTDATE=ahead, LASTCOME=ahead)
