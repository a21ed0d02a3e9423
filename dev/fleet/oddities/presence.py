"""Missing rows, and rows that are not computers."""

from ..computer import Computer
from ..schema import row
from .registry import Place, oddity


@oddity(16)
def no_bios_row(computer: Computer, place: Place) -> None:
    """An agent in a container found no firmware, so there is no ``bios`` row."""
    del computer.tables["bios"]


@oddity(19)
def null_name(computer: Computer, place: Place) -> None:
    """An old agent of a terminal sent no NAME.

    Missing values are NULL in ``hardware``.
    """
    computer.hardware["NAME"] = None


@oddity(22)
def no_accountinfo(computer: Computer, place: Place) -> None:
    """The server crashed after the inventory, so there is no row with a TAG."""
    del computer.tables["accountinfo"]


@oddity(25)
def system_group(computer: Computer, place: Place) -> None:
    """A group of computers that was created in the console.

    OCS stores groups as rows of ``hardware``.
    """
    name = f"Laptops to replace {place.block + 1}"
    computer.tables = _group(computer.id, "_SYSTEMGROUP_", name, place)


@oddity(28)
def download_group(computer: Computer, place: Place) -> None:
    """A group of redistribution servers for packages, also a row of ``hardware``."""
    name = f"Package servers {place.block + 1}"
    computer.tables = _group(computer.id, "_DOWNLOADGROUP_", name, place)


def _group(hardware_id: int, device_id: str, name: str, place: Place) -> dict:
    group = row(
        "hardware",
        ID=hardware_id,
        DEVICEID=device_id,
        NAME=name,
        DESCRIPTION="Made in the console",
        LASTDATE=place.now.replace(microsecond=0),
    )
    return {"hardware": [group]}


@oddity(31, 32)
def manual_computers(computer: Computer, place: Place) -> None:
    """Two computers without an agent that were entered in the console.

    The console sets the same DEVICEID for all of them, the suffix _M and no date.
    """
    serial, address = computer.bios["SSN"], computer.tables["networks"][0]["MACADDR"]
    name = f"{computer.name}_M"
    computer.tables = {
        "hardware": [row("hardware", ID=computer.id, DEVICEID="MANUEL", NAME=name)],
        "bios": [{"SSN": f"{serial}_M"}],
        "networks": [{"MACADDR": f"{address}_M"}],
    }


@oddity(35, 36)
def archived(computer: Computer, place: Place) -> None:
    """The computer was scrapped and archived in the console (OCS 2.8 and later)."""
    computer.hardware["ARCHIVE"] = 1
    computer.tables["archive"] = [{}]


@oddity(39)
def orphan_children(computer: Computer, place: Place) -> None:
    """A deadlock left rows without the row of ``hardware``."""
    del computer.tables["hardware"]


@oddity(42)
def only_hardware(computer: Computer, place: Place) -> None:
    """An agent on an appliance reported its system, but no section."""
    kept = ("hardware", "accountinfo")
    computer.tables = {table: computer.tables[table] for table in kept}
