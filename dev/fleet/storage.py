"""The disks and volumes of an ordinary computer, as its agent reports them."""

from datetime import date, timedelta

from .catalogue import DISKS
from .identity import fill
from .parts import Machine
from .schema import row


def storages(machine: Machine) -> list[dict]:
    """Return the disks; CD drives and USB sticks are rows, too."""
    rng, kind = machine.rng, machine.model.kind
    count = rng.choice((2, 4) if kind == "server" else (1, 1, 1, 2))
    found = [_disk(machine, position) for position in range(count)]
    if kind == "desktop" and rng.random() < 0.4:
        found.append(_cd_drive())
    if rng.random() < 0.1:
        found.append(_usb_stick(machine))
    return found


def _disk(machine: Machine, position: int) -> dict:
    disk, windows = machine.rng.choice(DISKS), machine.windows
    return row(
        "storages",
        MANUFACTURER="(Standard disk drives)" if windows else disk.model.split()[0],
        NAME=rf"\\.\PHYSICALDRIVE{position}" if windows else f"sd{'abcd'[position]}",
        MODEL=disk.model,
        TYPE="Fixed hard disk media",
        DESCRIPTION="Disk drive",
        DISKSIZE=disk.size,
        SERIALNUMBER=fill(machine.rng, disk.serial),
        FIRMWARE=disk.firmware,
    )


def _cd_drive() -> dict:
    name, kind = "HL-DT-ST DVDRAM GUD1N", "CD-ROM Drive"
    return row("storages", NAME=name, MODEL=name, DESCRIPTION=kind, TYPE=kind)


def _usb_stick(machine: Machine) -> dict:
    return row(
        "storages",
        NAME=r"\\.\PHYSICALDRIVE9" if machine.windows else "sdf",
        MODEL="SanDisk Cruzer Blade USB Device",
        DESCRIPTION="Disk drive",
        TYPE="Removable Media",
        DISKSIZE=14664,
        SERIALNUMBER=fill(machine.rng, "4C5300##############"),
    )


def drives(machine: Machine) -> list[dict]:
    """Return the volumes."""
    total = machine.rng.choice((243123, 475818, 953252))
    free = machine.rng.randrange(total)
    volumes = _windows_volumes if machine.windows else _unix_volumes
    return [{**each, "TOTAL": total, "FREE": free} for each in volumes(machine)]


def _windows_volumes(machine: Machine) -> list[dict]:
    letters = ("C:", "D:") if machine.rng.random() < 0.3 else ("C:",)
    kind = {"TYPE": "Hard Drive", "FILESYSTEM": "NTFS"}
    return [row("drives", LETTER=letter, **kind) for letter in letters]


def _unix_volumes(machine: Machine) -> list[dict]:
    """Return volumes with creation dates, which only the Unix agent reports."""
    created = date(2021, 3, 1) + timedelta(days=machine.rng.randrange(1000))
    known = {"FILESYSTEM": "ext4", "CREATEDATE": created}
    root = row("drives", TYPE="/", VOLUMN="/dev/sda2", **known)
    return [root, row("drives", TYPE="/home", VOLUMN="/dev/sda3", **known)]
