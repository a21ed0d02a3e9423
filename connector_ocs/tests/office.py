# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""The machines and monitors of an office over the years, as OCS sees them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from dev.fleet.engine import Engine
from dev.fleet.schema import row

from .histories.machine import Machine


@dataclass
class Desk(Machine):
    """A machine whose ``screens`` are the serial numbers of its monitors."""

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
    """Lets days go by, writes what OCS writes, and keeps a diary of it.

    :param connection: to the OCS database
    :param machines: how many there are on the first day
    :param seed: of what happens
    """

    def __init__(self, connection, machines, seed):
        self._engine = Engine(connection, connection.cursor(), datetime(2026, 1, 5, 8))
        self._random = Random(seed)
        self._busy = set()
        self._installations = self._last_id = 0
        #: all there ever were
        self.machines = []
        #: {hardware.ID: machine} of all there ever were
        self.owners = {}
        #: {number of a machine: sentences that its history has to tell, in order}
        self.diary = defaultdict(list)
        #: {serial number of a monitor: [(number of a machine, since when), …]}
        self.places = defaultdict(list)
        for _machine in range(machines):
            self.buy()

    @property
    def in_use(self):
        return [machine for machine in self.machines if machine.rows]

    def live_a_day(self):
        """Some machines change, each in one way."""
        self._engine.now += timedelta(days=1)
        self._busy = set()
        for happen in (self.move, self.upgrade, self.reinstall, self.rename):
            happen()
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
        self.diary[machine.number].append("This computer was removed from OCS")
        self._engine.delete(machine.rows.pop())

    def move(self):
        """A monitor goes to another desk; OCS never hears of a last one that left."""
        giver = self._pick(lambda machine: len(machine.screens) > 1)
        taker = self._pick()
        screen = giver.screens.pop(self._random.randrange(len(giver.screens)))
        for machine, sentence in ((giver, "unplugged"), (taker, "plugged in")):
            self.diary[machine.number].append(f"Monitor {sentence}")
        self._report(giver)
        self._plug(taker, screen)

    def swap(self):
        """Two desks exchange a monitor."""
        one = self._pick(lambda machine: machine.screens)
        other = self._pick(lambda machine: machine.screens)
        ones, others = one.screens.pop(), other.screens.pop()
        self._plug(one, others)
        self._plug(other, ones)

    def upgrade(self):
        machine = self._pick()
        before, machine.memory = machine.memory, machine.memory * 2
        self.diary[machine.number].append(f"1x{before}MB → 1x{machine.memory}MB")
        self._report(machine)

    def rename(self):
        machine = self._pick()
        before, machine.name = machine.name, f"{machine.name}r"
        self.diary[machine.number].append(f"{before} → {machine.name}")
        self._report(machine)

    def reinstall(self):
        """A new agent, a new id; OCS sees that it is the same machine."""
        machine = self._pick()
        old, new = machine.row, self._new_id(machine)
        self._install_agent(machine)
        self._tick()
        self._engine.reinstalled(old, new, machine.device_id)
        machine.rows = [new]
        self.diary[machine.number].append(f"{new} instead of {old}")

    def _pick(self, suitable=lambda machine: True):
        """A machine to which nothing happened today."""
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
