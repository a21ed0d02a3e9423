"""The tables of an OCS database that a fleet fills, for all schema versions."""

from typing import NamedTuple

from .catalogue import SOFTWARE
from .session import fetch

# The tables with several rows for one computer.
SECTIONS = (
    "memories",
    "videos",
    "monitors",
    "storages",
    "networks",
    "cpus",
    "drives",
    "batteries",
    "software",
)
# Bits of hardware.CHECKSUM. OCS has none for bios, software and accountinfo.
SECTION_MASKS = {
    "hardware": 1,
    "memories": 4,
    "monitors": 64,
    "storages": 256,
    "drives": 512,
    "networks": 4096,
    "videos": 32768,
    "cpus": 262144,
    "batteries": 1048576,
}
_TEXT = {
    "bios": """SMANUFACTURER SMODEL SSN TYPE BMANUFACTURER BVERSION BDATE ASSETTAG
        MMANUFACTURER MMODEL MSN""",
    "memories": "CAPTION DESCRIPTION CAPACITY PURPOSE TYPE SPEED SERIALNUMBER",
    "videos": "NAME CHIPSET MEMORY RESOLUTION",
    "monitors": "MANUFACTURER CAPTION DESCRIPTION TYPE SERIAL",
    "storages": "MANUFACTURER NAME MODEL DESCRIPTION TYPE SERIALNUMBER FIRMWARE",
    "networks": """DESCRIPTION TYPE TYPEMIB SPEED MTU MACADDR STATUS IPADDRESS IPMASK
        IPGATEWAY IPSUBNET IPDHCP""",
    "cpus": """MANUFACTURER TYPE SERIALNUMBER SPEED L2CACHESIZE CPUARCH VOLTAGE
        CURRENT_SPEED SOCKET""",
    "drives": "LETTER TYPE FILESYSTEM VOLUMN",
    "batteries": """CHEMISTRY DESCRIPTION DESIGNCAPACITY DESIGNVOLTAGE
        ESTIMATEDCHARGEREMAINING MANUFACTURER NAME SERIALNUMBER STATUS""",
}
_NUMBERS = {
    "memories": "NUMSLOTS",
    "storages": "DISKSIZE",
    "networks": "VIRTUALDEV",
    "cpus": "CORES DATA_WIDTH CURRENT_ADDRESS_WIDTH LOGICAL_CPUS",
    "drives": "TOTAL FREE NUMFILES",
    "batteries": "CYCLES",
}
_HARDWARE = """
    ID DEVICEID NAME WORKGROUP USERDOMAIN OSNAME OSVERSION OSCOMMENTS PROCESSORT
    PROCESSORS PROCESSORN MEMORY SWAP IPADDR DNS DEFAULTGATEWAY ETIME LASTDATE LASTCOME
    QUALITY FIDELITY USERID TYPE DESCRIPTION WINCOMPANY WINOWNER WINPRODID WINPRODKEY
    USERAGENT CHECKSUM SSTATE IPSRC UUID ARCH CATEGORY_ID ARCHIVE
"""
UNAVAILABLE = 1  # OCS's row for unknown publishers and versions


def _defaults(table: str) -> dict:
    texts = dict.fromkeys(_TEXT[table].split(), "")
    return texts | dict.fromkeys(_NUMBERS.get(table, "").split(), 0)


DEFAULTS = {table: _defaults(table) for table in _TEXT}
DEFAULTS["drives"]["CREATEDATE"] = "0000-00-00"  # the Windows agent never sends one
DEFAULTS["hardware"] = dict.fromkeys(_HARDWARE.split())
DEFAULTS["hardware"].update(PROCESSORS=0, FIDELITY=1, CHECKSUM=262143, SSTATE=0)


def row(table: str, **values) -> dict:
    """Return a row of ``table`` as the server writes it when an agent sends ``values``.

    Other columns of ``hardware`` are NULL; in sections, texts are '' and numbers 0.
    """
    return {**DEFAULTS[table], **values}


class Schema(NamedTuple):
    """Features of an OCS database by its version (GUI_VERSION in ``config``)."""

    archive: bool  # hardware.ARCHIVE and the table `archive`
    software_dictionary: bool  # names, publishers and versions have tables of their own
    batteries: bool  # the table has the columns of today

    @classmethod
    def of_version(cls, version: int) -> "Schema":
        return cls(
            archive=version >= 7034,
            software_dictionary=version >= 7037,
            batteries=version >= 7080,
        )

    @classmethod
    def of_database(cls, cursor) -> "Schema":
        return cls.of_version(database_version(cursor))

    def adapt(self, tables: dict) -> dict:
        """Return the rows as this version stores them, without changing ``tables``.

        memories.CAPACITY needs no conversion: from 7050 on MariaDB converts the text of
        the agent to a number.
        """
        adapted = dict(tables)
        software = adapted.pop("software", [])
        if self.software_dictionary:
            adapted["software"] = [_with_references(item) for item in software]
        else:
            adapted["softwares"] = software
        if not self.batteries:
            adapted.pop("batteries", None)
        if not self.archive:
            adapted.pop("archive", None)
            adapted["hardware"] = list(map(_unarchived, tables.get("hardware", [])))
        return adapted


def database_version(cursor) -> int:
    query = "SELECT TVALUE AS version FROM config WHERE NAME = 'GUI_VERSION'"
    return int(fetch(cursor, query)[0]["version"])


def _unarchived(hardware: dict) -> dict:
    return {name: value for name, value in hardware.items() if name != "ARCHIVE"}


def _numbered(texts, first: int) -> dict:
    """Number the distinct texts, starting with ``first``; '' has no number."""
    distinct = dict.fromkeys(filter(None, texts))
    return {text: number for number, text in enumerate(distinct, first)}


NAMES = _numbered((each.name for each in SOFTWARE), 1)
PUBLISHERS = _numbered((each.publisher for each in SOFTWARE), UNAVAILABLE + 1)
VERSIONS = _numbered((each.version for each in SOFTWARE), UNAVAILABLE + 1)


def _with_references(item: dict) -> dict:
    return {
        "ID": item["ID"],
        "HARDWARE_ID": item["HARDWARE_ID"],
        "NAME_ID": NAMES[item["NAME"]],
        "PUBLISHER_ID": PUBLISHERS.get(item["PUBLISHER"], UNAVAILABLE),
        "VERSION_ID": VERSIONS.get(item["VERSION"], UNAVAILABLE),
    }
