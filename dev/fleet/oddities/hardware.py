"""Parts that agents report incorrectly."""

from ..computer import Computer
from ..identity import fill
from ..machine import total_memory
from ..schema import row
from .registry import Place, oddity


def _capacity(computer: Computer, text: str) -> None:
    computer.tables["memories"][0]["CAPACITY"] = text


@oddity(103)
def capacity_no(computer: Computer, place: Place) -> None:
    """'No Module Installed' of dmidecode, truncated; from 7050 on it is 0."""
    _capacity(computer, "No")


@oddity(104)
def capacity_empty(computer: Computer, place: Place) -> None:
    """The agent found a slot, but no values of its module."""
    _capacity(computer, "")


@oddity(105)
def capacity_negative(computer: Computer, place: Place) -> None:
    """A 32-bit agent reports a module of 4 GB as -1, which every schema stores."""
    _capacity(computer, "-1")


@oddity(106)
def capacity_overflow(computer: Computer, place: Place) -> None:
    """Bytes instead of megabytes: MariaDB stores the largest integer."""
    _capacity(computer, "2147483647")


@oddity(107)
def capacity_with_unit(computer: Computer, place: Place) -> None:
    """A third-party agent adds the unit; from 7050 on this is 8 MB."""
    _capacity(computer, "8 GB")


@oddity(108)
def no_memory(computer: Computer, place: Place) -> None:
    """The agent could read neither the slots nor the total: 0 MB."""
    computer.hardware.update(MEMORY=0, SWAP=0)
    for module in computer.tables["memories"]:
        module.update(CAPACITY="0", TYPE="Unknown")


@oddity(109)
def identical_memory_modules(computer: Computer, place: Place) -> None:
    """Four modules that are equal in every column, without serial numbers."""
    module = row(
        "memories",
        CAPTION="Physical Memory",
        DESCRIPTION="DIMM",
        CAPACITY="8192",
        PURPOSE="System Memory",
        TYPE="DDR4",
        SPEED="2666",
        NUMSLOTS=1,
        SERIALNUMBER="00000000",
    )
    computer.tables["memories"] = [dict(module) for _ in range(4)]
    computer.hardware["MEMORY"] = total_memory(computer.tables["memories"])


@oddity(112)
def unknown_processor_speed(computer: Computer, place: Place) -> None:
    """A virtual processor without a speed: PROCESSORS is 0."""
    computer.hardware["PROCESSORS"] = 0
    computer.tables["cpus"][0].update(SPEED="0", CURRENT_SPEED="")


@oddity(115)
def blank_video_names(computer: Computer, place: Place) -> None:
    """The name of a remote desktop adapter is empty, that of a disabled card blank."""
    computer.tables["videos"] += [row("videos"), row("videos", NAME=" ", MEMORY="0")]


@oddity(116)
def video_memory_missing(computer: Computer, place: Place) -> None:
    """The driver does not report the memory of the card."""
    computer.tables["videos"][0]["MEMORY"] = ""


@oddity(117)
def video_memory_negative(computer: Computer, place: Place) -> None:
    """A card with 4 GB or more overflows the agent's integer: '-1'."""
    computer.tables["videos"][0]["MEMORY"] = "-1"


def _monitor(**values) -> dict:
    made = {"MANUFACTURER": "Dell Inc.", "CAPTION": "DELL P2419H"}
    return row("monitors", **{**made, "DESCRIPTION": "14/2019", **values})


@oddity(120)
def monitor_without_serial(computer: Computer, place: Place) -> None:
    """An old monitor has no serial number in its EDID."""
    computer.tables["monitors"] = [_monitor(CAPTION="DELL 1908FP")]


@oddity(121)
def identical_monitors_without_serial(computer: Computer, place: Place) -> None:
    """Two monitors without serial numbers that are equal in every column."""
    computer.tables["monitors"] = [_monitor(), _monitor()]


@oddity(122)
def monitor_with_only_a_caption(computer: Computer, place: Place) -> None:
    """A KVM switch only passes on the name of the monitor."""
    computer.tables["monitors"] = [row("monitors", CAPTION="Generic PnP Monitor")]


@oddity(123, 124)
def shared_monitor_serial(computer: Computer, place: Place) -> None:
    """A monitor that was moved to another computer.

    The former computer has no monitor, and OCS keeps its last row: two computers report
    the same serial number.
    """
    serial = fill(place.rng, "CN0#####-FCC00-###-@@@?")
    computer.tables["monitors"] = [_monitor(SERIAL=serial)]


@oddity(127)
def free_text_network_speed(computer: Computer, place: Place) -> None:
    """networks.SPEED is any text of the operating system."""
    first = computer.tables["networks"][0]
    speeds = ("-1 Mbps", "1 Gbps", "unknown", "100baseTX-FD", "10000 Mb/s", "")
    computer.tables["networks"] = [first | {"SPEED": speed} for speed in speeds]


@oddity(128)
def duplicate_interface_rows(computer: Computer, place: Place) -> None:
    """The agent reports filter drivers of Windows as adapters.

    They have the same MAC, and some rows are equal in every column.
    """
    first = computer.tables["networks"][0]
    for name in ("QoS Packet Scheduler", "WFP MAC Layer LightWeight Filter"):
        layer = first | {"DESCRIPTION": f"{first['DESCRIPTION']}-{name}-0000"}
        computer.tables["networks"] += [layer, dict(layer)]
    computer.tables["networks"].append(dict(first))


@oddity(131)
def card_reader_without_size(computer: Computer, place: Place) -> None:
    """An empty card reader, and a disk without values, are storages, too."""
    computer.tables["storages"] += [
        row("storages", NAME="Generic- SD/MMC USB Device", TYPE="Removable Media"),
        row("storages", DISKSIZE=-1),
    ]
