# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Cases as tables: days with changes in OCS, and the assets that Odoo should have."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from dev.fleet.computer import Computer
from dev.fleet.engine import Engine
from dev.fleet.schema import row

#: Cases in one OCS database use different IDs: each has a block of this size.
BLOCK = 1000


def serial(number):
    return f"5CG{number:04d}XKP"


def uuid(number):
    return f"2E8A{number:04X}-7A3B-4C5D-8E9F-001122334455"


def mac(number):
    """Return an address that a manufacturer assigned, not a local one."""
    return f"98:FA:9B:00:{number >> 8:02X}:{number & 255:02X}"


def mainboard(number):
    """Return the values that a mainboard determines, as those of a machine."""
    return {
        "serial": serial(number),
        "uuid": uuid(number),
        "mac": mac(number),
        "board": f"PHB{number:04d}AC",
    }


class Screen(NamedTuple):
    """A row of monitors."""

    serial: str = ""
    maker: str = "Dell Inc."
    caption: str = "DELL P2419H"
    made: str = "12/2020"

    def row(self):
        return row(
            "monitors",
            MANUFACTURER=self.maker,
            CAPTION=self.caption,
            DESCRIPTION=self.made,
            SERIAL=self.serial,
        )


@dataclass
class Machine:
    """A machine; what is not given is derived from its number, and its own."""

    number: int
    name: str = None
    serial: str = None
    uuid: str = None
    mac: str = None
    board: str = None
    device_id: str = None
    maker: str = "HP"
    model: str = "EliteBook 840 G8"
    screens: tuple = ()
    memory: int = 8192

    def __post_init__(self):
        own = {
            **mainboard(self.number),
            "name": f"PC-{self.number}",
            "device_id": f"{self.name or f'PC-{self.number}'}-2024-01-15-10-00-00",
        }
        for field, value in own.items():
            if getattr(self, field) is None:
                setattr(self, field, value)

    def hardware(self):
        """Return the columns of hardware that an inventory writes."""
        return {
            "DEVICEID": self.device_id,
            "NAME": self.name,
            "UUID": self.uuid,
            "MEMORY": self.memory,
        }

    def sections(self):
        """Return all rows by table; inventories do not contain empty tables."""
        bios = row(
            "bios",
            SMANUFACTURER=self.maker,
            SMODEL=self.model,
            SSN=self.serial,
            MSN=self.board,
            MMANUFACTURER=self.maker,
            TYPE="Notebook",
        )
        sections = {
            "bios": [bios],
            "memories": [row("memories", CAPACITY=str(self.memory))],
            "networks": [row("networks", MACADDR=self.mac)] if self.mac else [],
            "monitors": [screen.row() for screen in self.screens],
        }
        return {table: rows for table, rows in sections.items() if rows}


class Change(NamedTuple):
    """A change in OCS: the method of :class:`Tables`, and its arguments."""

    name: str
    arguments: tuple
    values: dict


def _change(name):
    return lambda *arguments, **values: Change(name, arguments, values)


add, report, delete, merge, renumber = map(
    _change, ("add", "report", "delete", "merge", "renumber")
)


class Tables:
    """The tables of OCS, as its server and console write them.

    :param connection: to the OCS database
    :param first_id: added to the IDs of a case
    """

    def __init__(self, connection, first_id=0):
        self._first_id = first_id
        now = datetime(2026, 11, 1, 8)
        self._engine = Engine(connection, connection.cursor(), now)
        #: {hardware.ID in the case: machine}
        self.machines = {}
        #: IDs whose agents are still installed
        self.reporting = set()

    def tomorrow(self):
        self._engine.now += timedelta(days=1)

    def apply(self, change):
        self._engine.now += timedelta(minutes=1)
        getattr(self, change.name)(*change.arguments, **change.values)

    def add(self, hardware_id, machine):
        """Write the first inventory of a machine, as it is at this time."""
        hardware = row("hardware", ID=self._id(hardware_id), **machine.hardware())
        now = self._engine.now
        hardware.update(LASTDATE=now, LASTCOME=now)
        tables = {"hardware": [hardware], "accountinfo": [{"TAG": "Paris"}]}
        entry = Computer(self._id(hardware_id), tables | machine.sections())
        self._engine.first_inventory(entry)
        # an agent that was installed again does not report under its old ID
        self.reporting -= {
            each
            for each in self.reporting
            if self.machines[each].number == machine.number
        }
        self.reporting.add(hardware_id)
        self.machines[hardware_id] = replace(machine)

    def report(self, *hardware_ids, **changes):
        """Write other inventories, in which some values changed."""
        for hardware_id in hardware_ids:
            machine = replace(self.machines[hardware_id], **changes)
            self.machines[hardware_id] = machine
            self._engine.inventory(
                self._id(hardware_id),
                machine.sections() if changes else {},
                **machine.hardware(),
            )

    def delete(self, *hardware_ids):
        """Delete computers in the console."""
        for hardware_id in hardware_ids:
            self._engine.delete(self._id(hardware_id))
            self._forget(hardware_id)

    def merge(self, old, new):
        """Let OCS merge two rows of one machine."""
        self._engine.merge(self._id(old), self._id(new))
        self._forget(old)

    def renumber(self, *hardware_ids):
        """Replace the server: of all machines, these report in this order."""
        machines = dict(self.machines)
        self.delete(*machines)
        for position, hardware_id in enumerate(hardware_ids, 1):
            self.add(position, machines[hardware_id])

    def report_all(self):
        """Write an inventory without changes of each machine."""
        for hardware_id in sorted(self.reporting):
            self._engine.now += timedelta(minutes=1)
            self.report(hardware_id)

    def _forget(self, hardware_id):
        del self.machines[hardware_id]
        self.reporting.discard(hardware_id)

    def _id(self, hardware_id):
        return self._first_id + hardware_id


class Asset(NamedTuple):
    """What the asset of a computer shows."""

    name: str
    serial: str = ""
    #: serial numbers of its monitors, or their names if they have none
    screens: tuple = ()
    is_active: bool = True
    #: its name when it was created, if it differs
    former_name: str = ""


def removed(name, serial="", **values):
    """Return the archived asset of a computer that was removed from OCS."""
    return Asset(name, serial, is_active=False, **values)


class Case(NamedTuple):
    """A case: one import at the end of each day, then the expected assets."""

    days: list
    assets: list
    #: number of times that a monitor is logged as moved
    moves: int = 0
    #: number of computers that a user is asked about, and decides to be new
    questions: int = 0
    #: {number of a day: assets that are expected at its end}
    along: dict = {}
