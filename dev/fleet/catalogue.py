"""The catalogue of a fleet: models, parts, systems and sites.

The tables are in ``data/``. In a pattern (of serial numbers), ``#`` stands for a digit,
``?`` for a letter, ``@`` for a letter or digit as vendors use them (no I, no O) and
``~`` for a lower-case hexadecimal digit; ``identity.fill`` returns a text for it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).with_name("data")


class Cpu(NamedTuple):
    key: str
    maker: str  # as agents report it
    name: str
    mhz: int
    cores: int
    threads: int
    socket: str


class Gpu(NamedTuple):
    key: str
    name: str
    chipset: str
    memory: int  # MB


class Model(NamedTuple):
    vendor: str  # bios.SMANUFACTURER
    name: str  # bios.SMODEL
    kind: str  # laptop, desktop, workstation, server or vm
    chassis: str  # bios.TYPE
    serial: str  # pattern
    bios_vendor: str
    bios: tuple  # versions in use
    board: str
    cpu: str  # key
    gpus: tuple  # keys: the first is built-in, one of the others may be added
    slots: int  # for memory modules
    memory: str  # type of the modules
    systems: str  # kind of system that runs on it


class Monitor(NamedTuple):
    kind: str  # screen, or panel of a laptop
    maker: str
    caption: str
    serial: str  # pattern; a panel has none
    feature: str


class System(NamedTuple):
    kind: str  # office, server or macos
    name: str
    version: str
    comments: str


class Disk(NamedTuple):
    model: str
    size: int  # MB
    firmware: str
    serial: str  # pattern


class Software(NamedTuple):
    name: str
    publisher: str  # '' if unknown: OCS refers to 'Unavailable' then
    version: str
    windows: int  # 1 or 0


class Site(NamedTuple):
    code: str
    tag: str  # accountinfo.TAG: the office
    network: int  # second octet of 10.x.0.0/16


_CONVERTERS = {str: str, int: int, tuple: lambda text: tuple(text.split(";"))}


def _read(entry: type, name: str) -> Iterator:
    """Read ``data/<name>.csv``, whose columns are the fields of ``entry``."""
    kinds = entry.__annotations__
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield entry(
                **{field: _CONVERTERS[kinds[field]](line[field]) for field in kinds}
            )


def _by_kind(entries: Iterator) -> dict[str, tuple]:
    found: dict[str, tuple] = {}
    for entry in entries:
        found[entry.kind] = (*found.get(entry.kind, ()), entry)
    return found


MODELS = tuple(_read(Model, "models"))
CPUS = {cpu.key: cpu for cpu in _read(Cpu, "cpus")}
GPUS = {gpu.key: gpu for gpu in _read(Gpu, "gpus")}
SYSTEMS = _by_kind(_read(System, "systems"))
MONITORS = _by_kind(_read(Monitor, "monitors"))
DISKS = tuple(_read(Disk, "disks"))
SOFTWARE = tuple(_read(Software, "software"))
NICS = (  # description in Windows, first three bytes of the MAC
    ("Intel(R) Ethernet Connection (6) I219-LM", "98:FA:9B"),
    ("Intel(R) Ethernet Connection (14) I219-V", "8C:8C:AA"),
    ("Realtek PCIe GbE Family Controller", "A4:BB:6D"),
    ("Broadcom NetXtreme Gigabit Ethernet", "B0:26:28"),
)
SITES = (
    Site("PAR", "Paris HQ", 10),
    Site("LYO", "Lyon", 11),
    Site("BER", "Berlin", 20),
    Site("MUC", "Munich Plant", 21),
    Site("MAD", "Madrid", 30),
    Site("WAW", "Warsaw", 40),
    Site("KYV", "Kyiv", 50),
    Site("MTL", "Montréal", 60),
)
