# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from .machine import DOCKS, MAX_MACHINES, in_other_order


class Identities:
    """Mixin of :class:`.ocs.Ocs`: changes of what identifies a machine."""

    def swap(self, who, value):
        """Let two machines swap their mainboards."""
        one = self._pick(who)
        other = self._pick(value, lambda each: each.rows and each is not one)
        if not other:
            return None
        theirs = {"serial": other.serial, "uuid": other.uuid, "is_distinct": False}
        own = {"serial": one.serial, "uuid": one.uuid, "is_distinct": False}
        return f"{self._report_changes(one, **theirs)}; " + self._report_changes(
            other, **own
        )

    def clone(self, who, value):
        """Copy a virtual machine with its serial number and UUID."""
        original = self._pick(who)
        if not original or len(self.machines) >= MAX_MACHINES:
            return None
        original.is_distinct = False
        machine = self._buy(is_distinct=False)
        machine.serial, machine.uuid = original.serial, original.uuid
        return f"{self._report_first(machine)}, a clone of {original.name}"

    def dock(self, who, value):
        """Report only the network adapter of a dock, or the machine's own one."""
        machine = self._pick(who)
        macs = machine and (*DOCKS, machine.own_mac)
        return machine and self._report_changes(machine, mac=macs[value % len(macs)])

    def byte_order(self, who, value):
        """Report the UUID in the other byte order, as another agent does."""
        machine = self._pick(who, lambda each: each.rows and each.uuid)
        return machine and self._report_changes(
            machine, uuid=in_other_order(machine.uuid)
        )

    def reuse_id(self, who, value):
        """Delete the last row and restart the database: the next one gets its ID."""
        machine = self._pick(who, lambda each: self._last_id in each.rows)
        if not machine:
            return None
        machine.rows.remove(self._last_id)
        self._engine.delete(self._last_id)
        deleted, self._last_id = self._last_id, self._last_id - 1
        sentence = f"{machine.name}: id {deleted} was deleted and is reused"
        following = value % 2 and self.come_back(value, 0)
        return f"{sentence}; {following or self.new_machine(who, value) or ''}"

    def restore(self, who, value):
        """Replace the server: all machines in use get other IDs, some of them new."""
        machines = [machine for machine in self.machines if machine.rows]
        if not machines:
            return None
        first = who % len(machines)
        order = machines[first:] + machines[:first]
        shift = value % 2 * self._last_id
        ids = {each.row: shift + number for number, each in enumerate(order[::-1], 1)}
        for machine in machines:
            for former in machine.rows[:-1]:  # their agents no longer report
                self._engine.delete(former)
            machine.rows = [ids[machine.row]]
            self.owners[machine.row] = machine
        self._engine.renumber(ids)
        self.server += 1
        self._last_id = max(ids.values())
        return f"The server was replaced: {ids}"
