# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.monitors import are_different


class OcsMonitorLinker(Component):
    """Linker of a monitor to an existing asset, or to the computer that has it.

    Such an asset was created manually or imported by another backend, which may even
    read the same OCS.
    """

    _name = "ocs.monitor.linker"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.linker"

    def find(self, computer, key, monitor, owner):
        """Find the asset of a monitor without binding.

        :param computer: binding of the computer that reports it
        :param key: external ID
        :param monitor: description, see ``lib/monitors.py``
        :param owner: maintenance.equipment that has the serial number, or None
        :return: maintenance.equipment, may be empty; and why it is the monitor
        """
        if owner and self._is_free(owner, monitor):
            reason = self.env._(
                "Matched an existing asset by the serial number “%s”.",
                monitor["serial"],
            )
            return owner, reason
        asset = self._find_reported(computer, key, monitor)
        reason = self.env._(
            "Matched the monitor of the same computer in %s.",
            asset.ocs_monitor_bind_ids.backend_id[:1].name,
        )
        return asset, reason

    def _is_free(self, asset, monitor):
        """Return whether an asset may be linked to a monitor with its serial number."""
        asset = asset.with_context(active_test=False)
        return (
            asset.active
            and asset.category_id != self.backend_record.computer_category_id
            and not (asset.ocs_bind_ids or asset.monitor_ids)
            and self._is_candidate(asset, monitor)
        )

    def _is_candidate(self, asset, monitor):
        """Return whether only other backends have the asset, as the same monitor."""
        bindings = asset.ocs_monitor_bind_ids
        company = asset.company_id
        return (
            (not company or company == self.backend_record.company_id)
            and self.backend_record not in bindings.backend_id
            and not any(
                are_different(monitor, each._description_in_ocs()) for each in bindings
            )
        )

    def _find_reported(self, computer, key, monitor):
        """Find the monitor that another backend has on the same computer."""
        asset = computer.odoo_id.with_context(active_test=False)
        if len(asset.ocs_bind_ids) < 2:
            return asset.browse()
        place = self._without_computer(key, monitor["serial"])
        reported = asset.monitor_ids.ocs_monitor_bind_ids.filtered(
            lambda each: (
                self._without_computer(each.external_id, each.ocs_serial) == place
                and self._is_candidate(each.odoo_id, monitor)
            )
        )
        return reported.sorted("id").odoo_id[:1]

    def _without_computer(self, key, serial):
        """Return an external ID without the ID of the computer, if it has one."""
        return key if key == plain_serial(serial) else key.partition("/")[2]

    def stays_elsewhere(self, identifier, binding, monitor):
        """Return whether another computer has a monitor, and warn of it.

        A computer keeps its monitor in OCS until its own next inventory, which may
        never come.

        :param identifier: ``ocs.monitor.identifier`` of the computer that reports it
        :param binding: its binding, may be empty
        :param monitor: description, see ``lib/monitors.py``
        """
        computer_import = identifier.computer_import
        other = self._other_computer(computer_import.binding, binding)
        decision = identifier.decision(monitor["serial"])
        is_owner = decision and decision.owner == computer_import.external_id
        if decision and not decision.is_shared and not is_owner:
            warning = self._describe_moved(monitor, decision.owner)
        elif other and other.backend_id != self.backend_record:
            warning = self._describe_other_backend(monitor, other)
        elif is_owner or identifier.is_place(binding):
            return False
        else:
            return bool(other)
        computer_import.warnings.append(warning)
        return bool(other)

    def _other_computer(self, computer, binding):
        """Return the other computer in OCS that has a monitor.

        Computers of another backend count if that one reports the monitor, too.

        :param computer: binding of the computer that reports it
        :return: binding of a computer, empty if none has it
        """
        is_here = binding.computer_id == computer.odoo_id
        if is_here or binding.unplugged_since:  # not connected to another computer
            return computer.browse()
        bindings = binding.computer_id.with_context(active_test=False).ocs_bind_ids
        found = bindings.filtered(
            lambda each: not (each.removed_since or each.removal_action)
        )
        own = found.filtered(lambda each: each.backend_id == self.backend_record)
        backends = binding.odoo_id.ocs_monitor_bind_ids.backend_id
        return own or found.filtered(lambda each: each.backend_id in backends)[:1]

    def _describe_moved(self, monitor, owner):
        """Return that another computer has a monitor.

        :param owner: hardware.ID of the other computer, which may not be imported yet
        """
        return self.env._(
            "The computer with the ID %(id)s in OCS, which was inventoried later, "
            "also reports the monitor with the serial number “%(serial)s”. The "
            "monitor is on that computer.",
            id=owner,
            serial=monitor["serial"],
        )

    def _describe_other_backend(self, monitor, other):
        return self.env._(
            "%(backend)s also reports the monitor with the serial number "
            "“%(serial)s”. It stays on “%(computer)s”.",
            backend=other.backend_id.name,
            serial=monitor["serial"],
            computer=other.name,
        )
