"""Rows that are missing, and rows that are no computers."""

from ..computer import Computer
from ..schema import row
from .registry import Place, oddity


@oddity(16)
def no_bios_row(computer: Computer, place: Place) -> None:
    """The agent ran in a container, saw no firmware, and OCS wrote no ``bios`` row."""
    del computer.tables["bios"]


@oddity(19)
def null_name(computer: Computer, place: Place) -> None:
    """An old agent for a terminal sent no NAME.

    In ``hardware`` a missing value is NULL.
    """
    computer.hardware["NAME"] = None


@oddity(22)
def no_accountinfo(computer: Computer, place: Place) -> None:
    """The engine died after the inventory: there is no row with a TAG at all."""
    del computer.tables["accountinfo"]


@oddity(25)
def system_group(computer: Computer, place: Place) -> None:
    """A technician made a group of computers in the console.

    OCS keeps groups as rows of ``hardware``.
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
    """Somebody typed in two computers that have no agent.

    The console gives all of them one DEVICEID, the suffix _M and no date.
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
    """A deadlock took the ``hardware`` row and left the other tables' rows behind."""
    del computer.tables["hardware"]


@oddity(42)
def only_hardware(computer: Computer, place: Place) -> None:
    """An agent on an appliance reported its system and not one section."""
    kept = ("hardware", "accountinfo")
    computer.tables = {table: computer.tables[table] for table in kept}
