"""Serial numbers, UUIDs and addresses that do not identify one computer."""

from datetime import timedelta

from ..computer import Computer
from ..identity import device_id, fill
from ..machine import ordinary
from ..schema import row
from .registry import Place, oddity


@oddity(45)
def serial_to_be_filled(computer: Computer, place: Place) -> None:
    """The manufacturer of a white-box PC set no serial number in the firmware."""
    for column in ("SMANUFACTURER", "SMODEL", "SSN", "MSN"):
        computer.bios[column] = "To Be Filled By O.E.M."


@oddity(46)
def serial_zero(computer: Computer, place: Place) -> None:
    """A cheap board returns '0' for all unknown values."""
    computer.bios.update(SSN="0", MSN="0")


@oddity(47)
def serial_none(computer: Computer, place: Place) -> None:
    """A hypervisor returns the text 'None'."""
    computer.bios.update(SSN="None", MSN="None")


@oddity(48)
def serial_empty(computer: Computer, place: Place) -> None:
    """The firmware has no serial number: the agent sends an empty text."""
    computer.bios.update(SSN="", MSN="")


@oddity(49)
def serial_system(computer: Computer, place: Place) -> None:
    """A retail board from ASUS with a placeholder; only the board has a number."""
    computer.bios.update(SSN="System Serial Number")


@oddity(52, 53, 54)
def shared_default_string(computer: Computer, place: Place) -> None:
    """Three mini PCs of one batch with 'Default string' as serial number."""
    for column in ("SSN", "MSN", "ASSETTAG"):
        computer.bios[column] = "Default string"


@oddity(57, 58)
def conflicting_serial(computer: Computer, place: Place) -> None:
    """Two computers in OCS with the same valid serial number, after a repair.

    Their UUIDs differ.
    """
    made = {"SMANUFACTURER": "HP", "SMODEL": "HP EliteBook 840 G6", "TYPE": "Notebook"}
    computer.bios.update(made, SSN=fill(place.rng, "5CG###@@@?"))


@oddity(61)
def padded_serial(computer: Computer, place: Place) -> None:
    """The vendor's tool pads the serial number to the size of the firmware field."""
    computer.bios["SSN"] += "      "


@oddity(62)
def lower_case_serial(computer: Computer, place: Place) -> None:
    """A technician entered the serial number in lower case after a repair."""
    computer.bios["SSN"] = fill(place.rng, "5CG###@@@?").lower()


@oddity(65)
def serial_of_the_board(computer: Computer, place: Place) -> None:
    """The system has no serial number: the firmware repeats that of the board."""
    computer.bios["MSN"] = computer.bios["SSN"] = fill(place.rng, "@@@@######@")


@oddity(68)
def uuid_all_zero(computer: Computer, place: Place) -> None:
    """The UUID was never programmed."""
    computer.hardware["UUID"] = "00000000-0000-0000-0000-000000000000"


@oddity(69, 70)
def shared_uuid_ami(computer: Computer, place: Place) -> None:
    """The UUID of AMI's reference firmware, on thousands of boards around the world."""
    computer.hardware["UUID"] = "03000200-0400-0500-0006-000700080009"


@oddity(71, 72)
def shared_uuid_msi(computer: Computer, place: Place) -> None:
    """A UUID that a board vendor used for a whole series."""
    computer.hardware["UUID"] = "6AB5B300-538D-1014-9FB5-B0684D007B53"


@oddity(75, 76)
def reinstalled_not_merged(computer: Computer, place: Place) -> None:
    """A reinstalled machine: it has a new DEVICEID and a new row.

    Its serial number is a placeholder, so OCS did not recognize it by its MAC addresses
    and kept both rows; the old one is no longer inventoried.
    """
    machine = ordinary(place.seed, place.first, place.now)
    machine.bios.update(SSN="Default string", MSN="Default string")
    seen = place.now.replace(microsecond=0) - timedelta(days=0 if place.turn else 40)
    machine.hardware.update(ID=computer.id, LASTDATE=seen, LASTCOME=seen)
    if place.turn:
        machine.hardware.update(DEVICEID=device_id(place.rng, machine.name), FIDELITY=3)
    computer.tables = machine.tables


@oddity(79, 80)
def shared_name(computer: Computer, place: Place) -> None:
    """Two computers were cloned from one disk image, with the same name."""
    computer.hardware["NAME"] = f"DESKTOP-{fill(place.rng, '@@@@@@@')}"


@oddity(83, 84)
def shared_dock_mac(computer: Computer, place: Place) -> None:
    """Two laptops were inventoried at one docking station, with its network adapter."""
    adapter = {
        "DESCRIPTION": "Realtek USB GbE Family Controller",
        "MACADDR": fill(place.rng, "00:E0:4C:##:##:##"),
    }
    computer.tables["networks"].append(computer.tables["networks"][0] | adapter)


@oddity(87)
def blacklisted_mac(computer: Computer, place: Place) -> None:
    """Some virtual adapters have the same address on every computer."""
    adapters = {
        "WAN Miniport (PPPOE)": "50:50:54:50:30:30",
        "PPP Adapter": "00:00:00:00:00:00",
    }
    for name, address in adapters.items():
        adapter = {"DESCRIPTION": name, "MACADDR": address, "TYPE": "Dialup"}
        computer.tables["networks"].append(row("networks", **adapter))
