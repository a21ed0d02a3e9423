"""Conversion of OCS rows to values of the plain models, as in a simple script."""

from datetime import datetime

#: {table: {field: column}} of the components.
COMPONENTS = {
    "memories": {
        "name": "CAPTION",
        "description": "DESCRIPTION",
        "type": "TYPE",
        "slot": "NUMSLOTS",
        "serial_number": "SERIALNUMBER",
        "speed": "SPEED",
        "size_mb": "CAPACITY",
    },
    "videos": {"name": "NAME", "model": "CHIPSET", "size_mb": "MEMORY"},
    "networks": {
        "name": "DESCRIPTION",
        "type": "TYPE",
        "speed": "SPEED",
        "status": "STATUS",
        "mac_address": "MACADDR",
        "ip_address": "IPADDRESS",
    },
    "cpus": {
        "manufacturer": "MANUFACTURER",
        "name": "TYPE",
        "speed": "SPEED",
        "slot": "SOCKET",
        "cores": "CORES",
    },
    "storages": {
        "manufacturer": "MANUFACTURER",
        "name": "NAME",
        "model": "MODEL",
        "description": "DESCRIPTION",
        "type": "TYPE",
        "serial_number": "SERIALNUMBER",
        "size_mb": "DISKSIZE",
    },
    "drives": {
        "name": "LETTER",
        "type": "TYPE",
        "description": "VOLUMN",
        "model": "FILESYSTEM",
        "size_mb": "TOTAL",
        "free_mb": "FREE",
    },
}
_NUMBERS = {"size_mb", "free_mb", "cores", "processor_speed", "memory"}
_COMPUTER = {
    "hardware": {
        "name": "NAME",
        "device_id": "DEVICEID",
        "user_name": "USERID",
        "workgroup": "WORKGROUP",
        "uuid": "UUID",
        "os_name": "OSNAME",
        "os_version": "OSVERSION",
        "os_comments": "OSCOMMENTS",
        "processor": "PROCESSORT",
        "processor_speed": "PROCESSORS",
        "memory": "MEMORY",
        "ip_address": "IPADDR",
    },
    "bios": {
        "serial": "SSN",
        "manufacturer": "SMANUFACTURER",
        "model": "SMODEL",
        "chassis": "TYPE",
        "asset_tag": "ASSETTAG",
        "board": "MMODEL",
        "bios_version": "BVERSION",
        "bios_date": "BDATE",
    },
    "accountinfo": {"tag": "TAG"},
}
_MONITOR = {
    "manufacturer": "MANUFACTURER",
    "name": "CAPTION",
    "description": "DESCRIPTION",
    "serial": "SERIAL",
}


def computer(hardware_id, **rows):
    """Return the values of a computer.

    :param rows: its rows of hardware, bios and accountinfo, {} if there is none
    """
    values = {"ocs_id": hardware_id}
    for table, fields in _COMPUTER.items():
        values |= _converted(rows[table], fields)
    values["name"] = values["name"] or "?"
    date = rows["hardware"].get("LASTDATE")
    values["last_inventory"] = str(date) if isinstance(date, datetime) else False
    return values


def component(table, row):
    """Return the values of a component."""
    return {"kind": table, **_converted(row, COMPONENTS[table])}


def monitor(row):
    """Return the values of a monitor."""
    return _converted(row, _MONITOR)


def _converted(row, fields):
    return {
        field: (_number if field in _NUMBERS else _text)(row.get(column))
        for field, column in fields.items()
    }


def _text(value):
    return "" if value is None else str(value).replace("\0", "")


def _number(value):
    digits = str(value or "").partition(".")[0].strip()
    return min(int(digits), 2**31 - 1) if digits.isdigit() else 0
