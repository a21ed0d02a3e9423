"""Invalid and future dates."""

from datetime import timedelta

from ..computer import Computer
from .registry import Place, oddity


@oddity(98)
def zero_lastdate(computer: Computer, place: Place) -> None:
    """An import into OCS was interrupted: the date of the inventory is zero."""
    zero = "0000-00-00 00:00:00"
    computer.hardware.update(LASTDATE=zero, LASTCOME=zero)


@oddity(99)
def zero_volume_date(computer: Computer, place: Place) -> None:
    """Windows agents send no CREATEDATE, which MariaDB stores as 0000-00-00."""
    for volume in computer.tables["drives"]:
        volume["CREATEDATE"] = "0000-00-00"


@oddity(100)
def lastdate_in_the_future(computer: Computer, place: Place) -> None:
    """Agents may send the date: the clock of this computer is a year ahead."""
    ahead = place.now.replace(microsecond=0) + timedelta(days=365)
    computer.hardware.update(LASTDATE=ahead, LASTCOME=ahead)
