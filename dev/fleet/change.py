"""Changes of a day in a loaded fleet, written as OCS writes them."""

from collections import Counter
from contextlib import suppress
from datetime import datetime
from itertools import pairwise

from .catalogue import GPUS, SITES, Site
from .day import Day, LoadedComputer, NoSuitableComputer
from .engine import Engine
from .identity import redraw, uuid
from .machine import ordinary, total_memory
from .parts import video
from .session import fetch, ocs_session

_LARGEST_MODULE = 65536  # MB
_CARDS = ("gtx1650", "rtx3060", "rtx4070", "t1000", "a2000", "w5500")
_VIRTUAL = ("VMware, Inc.", "Microsoft Corporation")


def apply(connection, now: datetime) -> list[str]:
    """Apply the changes of a day.

    Each call changes other computers. A change without a suitable computer is skipped.

    :param now: naive local time of the OCS server
    :return: a sentence for each change
    """
    sentences = []
    connection.rollback()  # an old snapshot would hide later changes
    with ocs_session(connection) as cursor:
        day = Day(Engine(connection, cursor, now))
        for change in CHANGES:
            with suppress(NoSuitableComputer):
                sentences.append(change(day))
    return sentences


def ram_upgrade(day: Day) -> str:
    """Replace modules by some of twice the size, and the largest ones by small ones."""
    computer = day.pick(_has_modules_to_swap)
    before = computer.rows("memories")
    after = [_replaced(module) for module in before]
    computer.inventory({"memories": after}, MEMORY=total_memory(after))
    return f"RAM upgrade on {computer.name}: {ram(before)} → {ram(after)}"


def _is_fitted(module: dict) -> bool:
    return str(module["CAPACITY"]).isdigit() and int(module["CAPACITY"]) > 0


def _has_modules_to_swap(computer: LoadedComputer) -> bool:
    modules = computer.rows("memories")
    soldered = any(module["TYPE"].startswith("LPDDR") for module in modules)
    return not soldered and any(_is_fitted(module) for module in modules)


def _replaced(module: dict) -> dict:
    if not _is_fitted(module):
        return module
    doubled = int(module["CAPACITY"]) * 2
    return module | {"CAPACITY": str(doubled if doubled <= _LARGEST_MODULE else 8192)}


def ram(modules: list[dict]) -> str:
    """Return a summary of the installed modules: '2x8192MB + 1x4096MB'."""
    sizes = Counter(int(module["CAPACITY"]) for module in modules if _is_fitted(module))
    largest_first = sorted(sizes.items(), reverse=True)
    return " + ".join(f"{count}x{size}MB" for size, count in largest_first)


def gpu_swap(day: Day) -> str:
    """Replace the last graphics card of a tower."""
    computer = day.pick(_has_a_card_to_swap)
    *kept, old = computer.rows("videos")
    others = [GPUS[key] for key in _CARDS if GPUS[key].name != old["NAME"]]
    new = day.rng.choice(others)
    computer.inventory({"videos": [*kept, video(new, old["RESOLUTION"])]})
    return f"Graphics card swapped on {computer.name}: {old['NAME']} → {new.name}"


def _has_a_card_to_swap(computer: LoadedComputer) -> bool:
    is_tower = any("Tower" in bios["TYPE"] for bios in computer.rows("bios"))
    return is_tower and bool(computer.rows("videos"))


def monitor_move(day: Day) -> str:
    """Move a monitor to another computer, and inventory both.

    The former computer keeps another one: OCS does not delete its last monitor.
    """
    source = day.pick(lambda each: len(each.rows("monitors")) > 1 and _movable(each))
    target = day.pick(lambda each: each.rows("monitors"))
    moved = _movable(source)[0]
    others = [item for item in source.rows("monitors") if item["ID"] != moved["ID"]]
    source.inventory({"monitors": others})
    target.inventory({"monitors": [*target.rows("monitors"), moved]})
    screen = f"{moved['CAPTION']} ({moved['SERIAL']})"
    return f"Monitor {screen} moved from {source.name} to {target.name}"


def _movable(computer: LoadedComputer) -> list[dict]:
    return [item for item in computer.rows("monitors") if item["SERIAL"]]


def rename(day: Day) -> str:
    """Rename a computer that moves to another site; its agent keeps the DEVICEID."""
    computer = day.pick()
    old = computer.name
    new = f"{_next_site(old[:3]).code}{old[3:]}"
    computer.inventory(NAME=new)
    return f"{old} renamed to {new}"


def _next_site(code_or_tag: str) -> Site:
    for site, following in pairwise(SITES):
        if code_or_tag in (site.code, site.tag):
            return following
    return SITES[0]


def mainboard_swap(day: Day) -> str:
    """Replace a mainboard: it has another serial number, UUID and MAC address.

    The agent on the disk keeps its DEVICEID.
    """
    computer = day.pick(lambda each: _is_physical(each) and each.rows("networks"))
    bios = computer.rows("bios")[0]
    old, new = bios["SSN"], bios["SSN"][:-5] + redraw(day.rng, bios["SSN"][-5:])
    board = bios | {"SSN": new, "MSN": bios["MSN"].replace(old, new)}
    adapters = _with_another_mac(day, computer.rows("networks"))
    new_uuid = uuid(day.rng, new, bios["SMANUFACTURER"])
    computer.inventory({"bios": [board], "networks": adapters}, UUID=new_uuid)
    return (
        f"Mainboard swapped on {computer.name}: serial number {old} → {new}, "
        "UUID and MAC address new as well"
    )


def _is_physical(computer: LoadedComputer) -> bool:
    return any(bios["SMANUFACTURER"] not in _VIRTUAL for bios in computer.rows("bios"))


def _with_another_mac(day: Day, adapters: list[dict]) -> list[dict]:
    """Change the address of the first adapter in all its rows."""
    old = adapters[0]["MACADDR"]
    new = {"MACADDR": old[:8] + redraw(day.rng, old[8:], letters="~", digits="~")}
    return [item | new if item["MACADDR"] == old else item for item in adapters]


def reinstallation(day: Day) -> str:
    """Reinstall an agent; OCS recognizes the machine and merges the rows."""
    computer = day.pick()
    name, new_id = computer.name, day.new_id()
    device_id = f"{name}-{day.engine.now:%Y-%m-%d-%H-%M-%S}"
    day.engine.reinstall(computer.id, new_id, device_id)
    return f"{name} reinstalled and merged by OCS: hardware ID {computer.id} → {new_id}"


def new_computer(day: Day) -> str:
    """Add a new computer, which sends its first inventory."""
    computer = ordinary("new", day.new_id() - 1, day.engine.now)
    day.engine.first_inventory(computer.number())
    made = f"{computer.bios['SMANUFACTURER']} {computer.bios['SMODEL']}"
    return f"New computer {computer.name} ({made})"


def deletion(day: Day) -> str:
    """Delete a computer in the console that has not reported for long."""
    computer = day.pick()
    name = computer.name
    day.engine.delete(computer.id)
    return f"{name} deleted in the console"


def tag_change(day: Day) -> str:
    """Change a TAG in the console, without an inventory."""
    computer = day.pick_in_the_middle(lambda each: each.rows("accountinfo"))
    old = computer.rows("accountinfo")[0]["TAG"]
    new = _next_site(old).tag
    day.engine.tag(computer.id, new)
    return f"TAG of {computer.name} changed in the console: {old} → {new}"


def archiving(day: Day) -> str:
    """Archive a computer in the console (OCS 2.8 and later)."""
    if not day.engine.schema.archive:
        raise NoSuitableComputer
    computer = day.pick()
    day.engine.archive(computer.id)
    return f"{computer.name} archived in the console"


def unarchiving(day: Day) -> str:
    """Unarchive the computer that was archived first."""
    oldest = "SELECT HARDWARE_ID AS id FROM archive ORDER BY ID LIMIT 1"
    archived = day.engine.schema.archive and fetch(day.engine.cursor, oldest)
    if not archived:
        raise NoSuitableComputer
    computer = LoadedComputer(day.engine, archived[0]["id"])
    day.engine.unarchive(computer.id)
    return f"{computer.name} taken out of the archive"


def unchanged_inventory(day: Day) -> str:
    """Send an inventory without changes."""
    computer = day.pick()
    computer.inventory()
    return f"{computer.name} inventoried again without changes"


def forced_inventory(day: Day) -> str:
    """Send a forced inventory: every section has the same values with new row IDs."""
    computer = day.pick()
    sections = {table: computer.rows(table) for table in day.engine.sections()}
    computer.inventory(sections)
    return f"{computer.name} inventoried again in full, with new row IDs only"


CHANGES = (
    ram_upgrade,
    gpu_swap,
    monitor_move,
    rename,
    mainboard_swap,
    reinstallation,
    new_computer,
    deletion,
    tag_change,
    archiving,
    unarchiving,
    unchanged_inventory,
    unchanged_inventory,
    forced_inventory,
)
