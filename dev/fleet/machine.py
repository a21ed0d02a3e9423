"""An ordinary computer: its hardware, system, site and last inventory."""

from datetime import datetime, timedelta
from random import Random

from . import network, parts, storage
from .catalogue import CPUS, MODELS, SITES, SYSTEMS, System
from .computer import Computer
from .identity import board_serial, device_id, fill, host_name, uuid
from .parts import Machine
from .schema import row

_WINDOWS_AGENTS = (
    "OCS-NG_WINDOWS_AGENT_v2.9.2.0",
    "OCS-NG_WINDOWS_AGENT_v2.10.1.0",
    "OCS-NG_WINDOWS_AGENT_v2.11.0.1",
)
_DAY = 1440  # minutes


def ordinary(seed, index: int, now: datetime) -> Computer:
    """Return computer ``index`` (from 0) of the fleet ``seed``, without oddities.

    Each computer has its own random generator, so it does not depend on the others.
    ``now`` only moves the dates of its inventory.
    """
    rng = Random(f"{seed}:{index}")
    model, site = rng.choice(MODELS), rng.choice(SITES)
    system = rng.choice(SYSTEMS[model.systems])
    machine = Machine(rng, model, site, index + 1, "Windows" in system.name)
    tables = {"bios": [_bios(machine)], **_sections(machine)}
    tables["hardware"] = [_hardware(machine, system, tables, now)]
    tables["accountinfo"] = [{"TAG": site.tag}]
    return Computer(machine.number, tables)


def _sections(machine: Machine) -> dict[str, list[dict]]:
    return {
        "memories": parts.memories(machine),
        "videos": parts.videos(machine),
        "monitors": parts.monitors(machine),
        "storages": storage.storages(machine),
        "networks": network.networks(machine),
        "cpus": parts.cpus(machine),
        "drives": storage.drives(machine),
        "batteries": parts.batteries(machine),
        "software": parts.software(machine),
    }


def _bios(machine: Machine) -> dict:
    rng, model = machine.rng, machine.model
    serial = fill(rng, model.serial)
    return row(
        "bios",
        SMANUFACTURER=model.vendor,
        SMODEL=model.name,
        SSN=serial,
        TYPE=model.chassis,
        BMANUFACTURER=model.bios_vendor,
        BVERSION=rng.choice(model.bios),
        BDATE=_release_date(machine),
        ASSETTAG=rng.choice(("", "", "No Asset Tag", f"IT{machine.number:06d}")),
        MMANUFACTURER=model.vendor,
        MMODEL=model.board,
        MSN=board_serial(rng, model, serial),
    )


def _release_date(machine: Machine) -> str:
    """Return a date: Windows agents put the day first, others the month."""
    rng = machine.rng
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2018, 2024)
    first, second = (day, month) if machine.windows else (month, day)
    return f"{first:02d}/{second:02d}/{year}"


def _hardware(machine: Machine, system: System, tables: dict, now: datetime) -> dict:
    rng, bios = machine.rng, tables["bios"][0]
    name = host_name(machine.site, machine.model, machine.number)
    memory = total_memory(tables["memories"])
    return row(
        "hardware",
        ID=machine.number,
        DEVICEID=device_id(rng, name),
        NAME=name,
        OSNAME=system.name,
        OSVERSION=system.version,
        OSCOMMENTS=system.comments or None,
        MEMORY=memory,
        SWAP=memory + memory // 4,
        QUALITY=round(rng.uniform(0.1, 6), 4),
        FIDELITY=rng.randint(1, 900),
        USERID=f"user{rng.randrange(10000):04d}",
        TYPE=0,
        UUID=uuid(rng, bios["SSN"], bios["SMANUFACTURER"]),
        **_processor(machine),
        **_network(machine),
        **(_windows_agent(rng) if machine.windows else _unix_agent(machine)),
        **_contact(rng, now),
    )


def _processor(machine: Machine) -> dict:
    """Return the processor: Windows agents add the cores; PROCESSORN is the sockets."""
    cpu = CPUS[machine.model.cpu]
    cores = f" [{cpu.cores} core(s) x86_64]" if machine.windows else ""
    return {
        "PROCESSORT": cpu.name + cores,
        "PROCESSORS": cpu.mhz,
        "PROCESSORN": parts.sockets(machine),
    }


def _network(machine: Machine) -> dict:
    address = network.ip_address(machine)
    gateway = network.gateway(address)
    return {
        "WORKGROUP": "CORP",
        "IPADDR": address,
        "IPSRC": address,
        "DNS": gateway,
        "DEFAULTGATEWAY": gateway,
    }


def _windows_agent(rng: Random) -> dict:
    return {
        "USERAGENT": rng.choice(_WINDOWS_AGENTS),
        "ARCH": "x86 64 bit",
        "USERDOMAIN": "CORP",
        "WINCOMPANY": "Example Ltd.",
        "WINOWNER": "IT Department",
        "WINPRODID": fill(rng, "00330-80000-00000-AA###"),
    }


def _unix_agent(machine: Machine) -> dict:
    architecture = "arm64" if machine.model.cpu == "m1" else "x86_64"
    return {
        "USERAGENT": "OCS-NG_unified_unix_agent_v2.10.0",
        "ARCH": architecture,
        "DESCRIPTION": f"{architecture}/00-00-00 05:12:44",
    }


def _contact(rng: Random, now: datetime) -> dict:
    """Return dates: most inventories are at most three days old, others weeks."""
    earliest, latest = (0, 3 * _DAY) if rng.random() < 0.75 else (3 * _DAY, 60 * _DAY)
    minutes = rng.randrange(earliest, latest)
    ago = timedelta(minutes=minutes, seconds=rng.randrange(60))
    inventory = now.replace(microsecond=0) - ago
    contact = inventory + timedelta(minutes=rng.randrange(minutes + 1))
    return {"LASTDATE": inventory, "LASTCOME": contact}


def total_memory(modules: list[dict]) -> int:
    """Return hardware.MEMORY (MB): systems see a little less than is installed."""
    capacities = (str(module["CAPACITY"]) for module in modules)
    fitted = sum(int(capacity) for capacity in capacities if capacity.isdigit())
    return fitted - fitted // 64
