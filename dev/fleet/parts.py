"""The parts and monitors of an ordinary computer, as its agent reports them."""

from random import Random
from typing import NamedTuple

from .catalogue import CPUS, GPUS, MONITORS, SOFTWARE, Gpu, Model, Monitor, Site
from .identity import fill
from .schema import row

_MODULE_SIZES = {
    "laptop": (4096, 8192, 8192, 16384),
    "desktop": (4096, 8192, 8192, 16384),
    "workstation": (16384, 32768),
    "server": (16384, 32768, 65536),
    "vm": (4096, 8192),
}
_SPEEDS = {
    "DDR3": "1600",
    "DDR4": "2666",
    "DDR5": "4800",
    "LPDDR3": "2133",
    "LPDDR4": "4266",
    "LPDDR5": "6000",
}
_RESOLUTIONS = ("1920 x 1080", "2560 x 1440", "3840 x 2160")


class Machine(NamedTuple):
    """Common values of the sections of one computer."""

    rng: Random
    model: Model
    site: Site
    number: int  # the computer's number in the fleet, from 1
    windows: bool


def sockets(machine: Machine) -> int:
    return 2 if machine.model.kind == "server" else 1


def batteries(machine: Machine) -> list[dict]:
    """Return the battery of a laptop.

    It has a random generator of its own: the other parts depend on the order of theirs.
    """
    if machine.model.kind != "laptop":
        return []
    rng = Random(f"battery:{machine.number}")
    capacity = rng.choice((42, 50, 57, 68))  # Wh; the Windows agent reports mWh
    model = fill(rng, "@@@@@@#")
    return [
        row(
            "batteries",
            MANUFACTURER=rng.choice(("SMP", "LGC", "SANYO")),
            SERIALNUMBER=fill(rng, "1#7#9") if machine.windows else "0",
            CHEMISTRY="Lithium-ion" if machine.windows else "lithium-ion",
            DESIGNCAPACITY=str(capacity * 1000 if machine.windows else capacity),
            CYCLES=rng.randrange(800),
            ESTIMATEDCHARGEREMAINING=str(rng.randrange(5, 101)),
            STATUS="OK" if machine.windows else "discharging",
            **({"NAME": model} if machine.windows else {"DESCRIPTION": model}),
        )
    ]


def cpus(machine: Machine) -> list[dict]:
    """Return a row for each socket."""
    cpu = CPUS[machine.model.cpu]
    one = row(
        "cpus",
        MANUFACTURER=cpu.maker,
        TYPE=cpu.name,
        SERIALNUMBER="CPU Enabled" if machine.windows else "",
        SPEED=str(cpu.mhz),
        CORES=cpu.cores,
        L2CACHESIZE=str(cpu.cores * 256),
        CPUARCH="x86_64",
        DATA_WIDTH=64,
        CURRENT_ADDRESS_WIDTH=64,
        LOGICAL_CPUS=cpu.threads,
        CURRENT_SPEED=str(cpu.mhz),
        SOCKET=cpu.socket,
    )
    return [dict(one) for _ in range(sockets(machine))]


def memories(machine: Machine) -> list[dict]:
    """Return a row for each slot, with or without a module."""
    sizes = _fitted_sizes(machine)
    modules = [_module(machine, slot, size) for slot, size in enumerate(sizes, 1)]
    empty = range(len(sizes) + 1, machine.model.slots + 1)
    return modules + [_empty_slot(machine, slot) for slot in empty]


def _fitted_sizes(machine: Machine) -> list[int]:
    rng = machine.rng
    size = rng.choice(_MODULE_SIZES[machine.model.kind])
    count = rng.choice([n for n in (1, 2, 4, 8, 12) if n <= machine.model.slots])
    if count == 2 and rng.random() < 0.2:
        return [size, max(4096, size // 2)]  # an upgrade with a smaller module
    return [size] * count


def _module(machine: Machine, slot: int, capacity: int) -> dict:
    kind, windows = machine.model.memory, machine.windows
    virtual = machine.model.kind == "vm"
    return row(
        "memories",
        CAPTION="Physical Memory" if windows else f"DIMM {slot}",
        DESCRIPTION=f"BANK {slot - 1} (No ECC)" if windows else "DIMM",
        CAPACITY=str(capacity),
        PURPOSE="System Memory",
        TYPE=kind,
        SPEED=_SPEEDS.get(kind, ""),
        NUMSLOTS=slot,
        SERIALNUMBER="" if virtual else fill(machine.rng, "~~~~~~~~").upper(),
    )


def _empty_slot(machine: Machine, slot: int) -> dict:
    """Return an empty slot: the Windows agent sends 0 MB, the Unix agent 'No'."""
    if not machine.windows:
        caption = f"DIMM {slot}"
        return row("memories", CAPTION=caption, CAPACITY="No", NUMSLOTS=slot)
    return row(
        "memories",
        CAPTION="Physical Memory Array",
        DESCRIPTION="Physical Memory Array",
        CAPACITY="0",
        PURPOSE="System Memory",
        TYPE="Empty slot",
        NUMSLOTS=slot,
    )


def videos(machine: Machine) -> list[dict]:
    """Return the built-in graphics, and perhaps a card."""
    rng = machine.rng
    built_in, *cards = (GPUS[key] for key in machine.model.gpus)
    added = [rng.choice(cards)] if cards and rng.random() < 0.6 else []
    resolution = rng.choice(_RESOLUTIONS)
    return [video(gpu, resolution) for gpu in (built_in, *added)]


def video(gpu: Gpu, resolution: str) -> dict:
    return row(
        "videos",
        NAME=gpu.name,
        CHIPSET=gpu.chipset,
        MEMORY=str(gpu.memory),
        RESOLUTION=resolution,
    )


def monitors(machine: Machine) -> list[dict]:
    """Return no monitors of servers, the panel of laptops, and up to three screens."""
    rng, kind = machine.rng, machine.model.kind
    if kind in ("server", "vm"):
        return []
    panel = [rng.choice(MONITORS["panel"])] if kind == "laptop" else []
    count = rng.choice((0, 0, 1, 1, 2) if kind == "laptop" else (1, 1, 1, 2, 2, 3))
    screens = [rng.choice(MONITORS["screen"])] * count  # offices buy identical ones
    return [_monitor(rng, made) for made in panel + screens]


def _monitor(rng: Random, made: Monitor) -> dict:
    """Return a monitor; DESCRIPTION has its week and year of manufacture (EDID)."""
    return row(
        "monitors",
        MANUFACTURER=made.maker,
        CAPTION=made.caption,
        DESCRIPTION=f"{rng.randint(1, 52)}/{rng.randint(2015, 2023)}",
        TYPE=made.feature,
        SERIAL=fill(rng, made.serial),
    )


def software(machine: Machine) -> list[dict]:
    """Return eight titles: fewer than real computers have, but quick to load."""
    offered = [each for each in SOFTWARE if each.windows == machine.windows]
    return [
        {"NAME": each.name, "PUBLISHER": each.publisher, "VERSION": each.version}
        for each in machine.rng.sample(offered, k=8)
    ]
