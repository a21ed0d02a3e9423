"""Sections of the computers of the tests, named as OCS's agents do."""

import hashlib


def tower(name, serial, tag="NA"):
    """Return an office tower with one memory module of 8 GB and one monitor.

    :return: {section: row or list of rows}
    """
    return {
        "HARDWARE": {
            "NAME": name,
            "OSNAME": "Debian GNU/Linux 12 (bookworm)",
            "OSVERSION": "6.1.0-18-amd64",
            "PROCESSORT": "Intel(R) Core(TM) i5-8500 CPU @ 3.00GHz",
            "PROCESSORS": 3000,
            "PROCESSORN": 1,
            "MEMORY": 8192,
            "SWAP": 2048,
            "IPADDR": "192.0.2.10",
            "USERID": "arthur",
            "WORKGROUP": "example.org",
            "UUID": f"4C4C4544-0042-3510-8052-{digits(serial, 12)}",
        },
        "BIOS": {
            "SMANUFACTURER": "Dell Inc.",
            "SMODEL": "OptiPlex 5060",
            "SSN": serial,
            "TYPE": "Mini Tower",
            "BMANUFACTURER": "Dell Inc.",
            "BVERSION": "1.24.0",
            "BDATE": "09/13/2022",
        },
        "ACCOUNTINFO": [{"KEYNAME": "TAG", "KEYVALUE": tag}],
        "MEMORIES": [module(1), module(2, 0)],
        "VIDEOS": [
            {"NAME": "Intel UHD Graphics 630", "MEMORY": 64, "RESOLUTION": "1920x1080"}
        ],
        "MONITORS": [monitor(f"M-{serial}")],
        "NETWORKS": [network(serial)],
        "SOFTWARES": [{"NAME": "bash", "VERSION": "5.2.15-2+b2", "PUBLISHER": "GNU"}],
    }


def module(slot, megabytes=8192):
    """Return the memory slot with NUMSLOTS ``slot``; one of 0 MB is empty."""
    return {
        "CAPTION": f"DIMM {slot}",
        "DESCRIPTION": "DIMM (None)",
        "CAPACITY": megabytes or "No",
        "TYPE": "DDR4" if megabytes else "Unknown",
        "SPEED": "2666" if megabytes else "Unknown",
        "NUMSLOTS": slot,
    }


def monitor(serial):
    """Return a monitor with the serial number ``serial``."""
    return {
        "MANUFACTURER": "Dell Inc.",
        "CAPTION": "DELL U2419H",
        "DESCRIPTION": "2019",
        "TYPE": "Analog",
        "SERIAL": serial,
    }


def network(serial):
    """Return a network adapter whose address depends on the serial number."""
    pairs = digits(serial, 8)
    mac = ":".join(pairs[start : start + 2] for start in range(0, 8, 2))
    return {
        "DESCRIPTION": "eth0",
        "TYPE": "Ethernet",
        "MACADDR": f"b4:2e:{mac}",
        "IPADDRESS": "192.0.2.10",
        "IPMASK": "255.255.255.0",
        "IPSUBNET": "192.0.2.0",
        "STATUS": "Up",
    }


def digits(text, length):
    """Return ``length`` hexadecimal digits that depend on ``text``."""
    return hashlib.sha256(text.encode()).hexdigest()[:length].upper()
