# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime, timedelta

from dev.fleet.engine import Engine

from .identities import Identities
from .machine import GRAPHICS, MAX_MACHINES, SCREENS, SERIALS, TAGS, UUIDS, Machine


class Ocs(Identities):
    """Changes of machines, as OCS's server and console write them.

    Each public method is a change. It takes two numbers, the machine (``who``) and one
    of a few values (``value``). It returns a sentence, or None if it is not possible.

    :param connection: to the OCS database
    """

    def __init__(self, connection):
        self._connection = connection
        self.machines = []
        self._clock = datetime(2026, 1, 15, 10, 0)
        self._installations = 0
        self._engine = Engine(connection, connection.cursor(), self._clock)
        self._last_id = 0
        #: how often it was replaced
        self.server = 0
        #: {hardware.ID: machine that has it, or had it last}
        self.owners = {}
        #: {device ID: machine}
        self.agents = {}

    def apply(self, change, who, value):
        """Apply a change, a minute after the previous one.

        :param change: name of a method
        :return: sentence or None
        """
        self._clock += timedelta(minutes=1)
        self._engine.now = self._clock
        return getattr(self, change)(who, value)

    # Inventories

    def new_machine(self, who, value):
        if len(self.machines) >= MAX_MACHINES:
            return None
        machine = self._buy()
        machine.screens = [value % len(SCREENS)] if value % 2 else []
        return self._report_first(machine)

    def inventory(self, who, value):
        """Report without changes; the server still rewrites bios."""
        return self._report(who, lambda machine: {})

    def full_inventory(self, who, value):
        """Report without changes, but with new IDs of all rows."""
        return self._report(who, lambda machine: machine.sections())

    def rename(self, who, value):
        return self._change(who, name=f"PC-{who % 3}{value % 3}")

    def memory(self, who, value):
        return self._change(who, memory=4096 << value % 3)

    def graphics(self, who, value):
        count = value % 3 + 1
        return self._change(who, graphics=[GRAPHICS[value % 2], *GRAPHICS][:count])

    def bios_update(self, who, value):
        return self._change(who, bios_version=value % 4)

    def serial(self, who, value):
        serial = SERIALS[value % len(SERIALS)]
        return self._change(who, serial=serial, is_distinct=False)

    def uuid(self, who, value):
        uuid = UUIDS[value % len(UUIDS)]
        return self._change(who, uuid=uuid, is_distinct=False)

    def monitors(self, who, value):
        """Plug in some of the screens; OCS keeps the rows when none is left."""
        screens = [each for each in range(len(SCREENS)) if value >> each & 1]
        return self._change(who, screens=screens)

    # Removal and return

    def reinstall(self, who, value):
        """Add a new row for a machine; the old one is kept until a merge."""
        machine = self._pick(who, lambda machine: len(machine.rows) in (1, 2))
        if not machine:
            return None
        old, new = machine.row, self._new_id(machine)
        self._install_agent(machine)
        machine.is_distinct &= len(machine.rows) < 2  # else three rows share a serial
        machine.rows.append(new)
        self._engine.register_again(old, new, machine.device_id)
        return f"{machine.name} was reinstalled: id {new}, besides {old}"

    def merge(self, who, value):
        """Let OCS merge two rows of one machine."""
        machine = self._pick(who, lambda machine: len(machine.rows) > 1)
        if not machine:
            return None
        old, new = machine.rows.pop(0), machine.rows[0]
        self._engine.merge(old, new)
        return f"{machine.name}: OCS merged id {old} into {new}"

    def reinstall_at_once(self, who, value):
        """Reinstall a machine and merge its rows before the next import."""
        sentence = self.reinstall(who, value)
        return sentence and f"{sentence}; {self.merge(who, value)}"

    def trace(self, who, value):
        self._set_config("TRACE_DELETED", value % 2)
        return f"TRACE_DELETED is {value % 2}"

    def delete(self, who, value):
        machine = self._pick(who)
        if not machine:
            return None
        deleted = machine.rows.pop(value % len(machine.rows))
        self._engine.delete(deleted)
        return f"{machine.name}: id {deleted} was deleted in the console"

    def begin_delete(self, who, value):
        """Delete as the console does, all but hardware, which is its last table."""
        machine = self._pick(who)
        if not machine:
            return None
        self._engine.delete_sections(machine.row)
        return f"{machine.name}: the sections of id {machine.row} were deleted"

    def come_back(self, who, value):
        """Let a deleted machine report again, with the same agent or a new one."""
        machine = self._pick(who, lambda machine: not machine.rows)
        if not machine:
            return None
        if value % 2:
            self._install_agent(machine)
        return self._report_first(machine)

    def archive(self, who, value):
        return self._console(
            who, "archive", lambda each: each.rows and not self._is_archived(each)
        )

    def unarchive(self, who, value):
        return self._console(
            who, "unarchive", lambda each: each.rows and self._is_archived(each)
        )

    def tag(self, who, value):
        machine = self._pick(who)
        if not machine:
            return None
        machine.tag = TAGS[value % len(TAGS)]
        self._engine.tag(machine.row, machine.tag)
        return f"{machine.name}: the TAG is {machine.tag}"

    def report_all(self):
        """Let all machines report without changes, one after the other."""
        count = sum(1 for machine in self.machines if machine.rows)
        return [self.apply("inventory", who, 0) for who in range(count)]

    # Helpers

    def _buy(self, **values):
        machine = Machine(len(self.machines) + 1, **values)
        self._install_agent(machine)
        self.machines.append(machine)
        return machine

    def _pick(self, who, suitable=lambda machine: machine.rows):
        machines = list(filter(suitable, self.machines))
        return machines[who % len(machines)] if machines else None

    def _is_archived(self, machine):
        return bool(self._engine.rows("hardware", machine.row)[0].get("ARCHIVE"))

    def _console(self, who, change, suitable):
        machine = self._pick(who, suitable)
        if not machine:
            return None
        getattr(self._engine, change)(machine.row)
        return f"{machine.name}: {change} id {machine.row}"

    def _install_agent(self, machine):
        self._installations += 1
        machine.install_agent(self._installations)
        self.agents[machine.device_id] = machine

    def _new_id(self, machine):
        self._last_id += 1
        self.owners[self._last_id] = machine
        return self._last_id

    def _report_first(self, machine):
        machine.rows.append(self._new_id(machine))
        computer = machine.computer(machine.row)
        computer.hardware.update(LASTDATE=self._clock, LASTCOME=self._clock)
        self._engine.first_inventory(computer)
        return f"{machine.name} reports for the first time under id {machine.row}"

    def _report(self, who, sections):
        machine = self._pick(who)
        if not machine:
            return None
        written = {"bios": [machine.bios()]} | sections(machine)
        self._engine.inventory(machine.row, written, **machine.hardware())
        return f"{machine.name} (id {machine.row}) reports"

    def _change(self, who, **values):
        """Change a machine, and let it report all sections."""
        machine = self._pick(who)
        return machine and self._report_changes(machine, **values)

    def _report_changes(self, machine, **values):
        for name, value in values.items():
            setattr(machine, name, value)
        self._engine.inventory(
            machine.row,
            machine.sections(),
            UUID=machine.uuid,
            **machine.hardware(),
        )
        changed = ", ".join(f"{name} {value!r}" for name, value in values.items())
        return f"{machine.name} (id {machine.row}) reports {changed}"

    def _set_config(self, name, value):
        with self._connection.cursor() as cursor:
            cursor.execute("DELETE FROM config WHERE NAME = %s", (name,))
            cursor.execute(
                "INSERT INTO config (NAME, IVALUE) VALUES (%s, %s)", (name, value)
            )
