# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Simulation of an office: its machines and monitors over time, as OCS sees them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from dev.fleet.engine import Engine
from dev.fleet.schema import row

from .histories.machine import Machine


@dataclass
class Desk(Machine):
    """Machine whose ``screens`` are the serial numbers of its monitors."""

    @staticmethod
    def _monitor(screen):
        return row(
            "monitors",
            MANUFACTURER="Dell Inc.",
            CAPTION="DELL P2419H",
            DESCRIPTION="12/2020",
            SERIAL=screen,
        )


class Office:
    """Office whose events are written to OCS, with a record of what Odoo should show.

    :param connection: to the OCS database
    :param machines: number of machines on the first day
    :param seed: of the random events
    """

    def __init__(self, connection, machines, seed):
        self._engine = Engine(connection, connection.cursor(), datetime(2026, 1, 5, 8))
        self._random = Random(seed)
        self._busy = set()
        self._installations = self._last_id = 0
        #: all machines, including those disposed of
        self.machines = []
        #: {hardware.ID: machine}, including those disposed of
        self.owners = {}
        #: {number of a machine: sentences expected in its chatter, in order}
        self.expected = defaultdict(list)
        #: {serial number of a monitor: [(number of a machine, datetime), …]}
        self.places = defaultdict(list)
        for _machine in range(machines):
            self.buy()

    @property
    def in_use(self):
        return [machine for machine in self.machines if machine.rows]

    def simulate_day(self):
        """Advance by a day and change some machines, each in one way."""
        self._engine.now += timedelta(days=1)
        self._busy = set()
        for event in (self.move, self.upgrade, self.reinstall, self.rename):
            event()
        self._random.choice((self.buy, self.dispose, self.swap))()

    def buy(self):
        machine = Desk(len(self.machines) + 1)
        self.machines.append(machine)
        self._install_agent(machine)
        now = self._tick()
        for position in range(self._random.choice((1, 2, 2))):
            machine.screens.append(f"CN0{machine.number:03d}{position}X")
            self._note_place(machine, machine.screens[-1])
        machine.rows.append(self._new_id(machine))
        computer = machine.computer(machine.row)
        computer.hardware.update(LASTDATE=now, LASTCOME=now)
        self._engine.first_inventory(computer)
        self._busy.add(machine.number)

    def dispose(self):
        machine = self._pick()
        self.expected[machine.number].append("This computer was removed from OCS")
        self._engine.delete(machine.rows.pop())

    def move(self):
        """Move a monitor to another desk.

        The giver keeps one: OCS does not notice when its last monitor is unplugged.
        """
        giver = self._pick(lambda machine: len(machine.screens) > 1)
        taker = self._pick()
        screen = giver.screens.pop(self._random.randrange(len(giver.screens)))
        for machine, sentence in ((giver, "unplugged"), (taker, "plugged in")):
            self.expected[machine.number].append(f"Monitor {sentence}")
        self._report(giver)
        self._plug(taker, screen)

    def swap(self):
        """Exchange monitors between two desks."""
        one = self._pick(lambda machine: machine.screens)
        other = self._pick(lambda machine: machine.screens)
        ones, others = one.screens.pop(), other.screens.pop()
        self._plug(one, others)
        self._plug(other, ones)

    def upgrade(self):
        machine = self._pick()
        before, machine.memory = machine.memory, machine.memory * 2
        self.expected[machine.number].append(f"1x{before}MB → 1x{machine.memory}MB")
        self._report(machine)

    def rename(self):
        machine = self._pick()
        before, machine.name = machine.name, f"{machine.name}r"
        self.expected[machine.number].append(f"{before} → {machine.name}")
        self._report(machine)

    def reinstall(self):
        """Install a new agent with a new ID; OCS recognizes the machine."""
        machine = self._pick()
        old, new = machine.row, self._new_id(machine)
        self._install_agent(machine)
        self._tick()
        self._engine.reinstall(old, new, machine.device_id)
        machine.rows = [new]
        self.expected[machine.number].append(f"{new} instead of {old}")

    def _pick(self, suitable=lambda machine: True):
        """Return a machine that has not changed today."""
        found = [
            machine
            for machine in self.in_use
            if machine.number not in self._busy and suitable(machine)
        ]
        machine = self._random.choice(found)
        self._busy.add(machine.number)
        return machine

    def _plug(self, machine, screen):
        machine.screens.append(screen)
        self._report(machine)
        self._note_place(machine, screen)

    def _note_place(self, machine, screen):
        self.places[screen].append((machine.number, self._engine.now))

    def _report(self, machine):
        self._tick()
        self._engine.inventory(machine.row, machine.sections(), **machine.hardware())

    def _tick(self):
        self._engine.now += timedelta(minutes=1)
        return self._engine.now

    def _install_agent(self, machine):
        self._installations += 1
        machine.install_agent(self._installations)

    def _new_id(self, machine):
        self._last_id += 1
        self.owners[self._last_id] = machine
        return self._last_id
