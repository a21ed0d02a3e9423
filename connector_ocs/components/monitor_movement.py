# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo import fields

from odoo.addons.component.core import AbstractComponent

from ..lib.monitors import monitor_values


class OcsMonitorMovement(AbstractComponent):
    """Base of the monitor importer: monitors are plugged in, moved and unplugged."""

    _name = "ocs.monitor.movement"
    _inherit = "ocs.importer"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: binding of the computer that reports the monitors
        self.computer = None
        #: whether the computer has no monitor yet
        self.is_first = False

    @cached_property
    def recognizer(self):
        """Component ``ocs.monitor.recognizer``."""
        return self.component(usage="monitor.recognizer")

    def _quiet(self, records):
        """Date what is written to the inventory of the computer."""
        seen = self.computer.last_inventory
        return super()._quiet(records).with_context(connection_date=seen)

    def _connect(self, binding, values):
        """Update a monitor that may have been connected to another computer."""
        asset = self.computer.odoo_id
        if binding.computer_id == asset and not binding.unplugged_since:
            self._update(binding, values)
            return
        connections = self.env["maintenance.equipment.connection"]
        former = connections._find_last(binding.odoo_id)
        is_kept_here = binding.computer_id == asset
        if former.computer_id - asset and not former.date_to:
            self._log_unplugged(former.computer_id, binding)
            self._check_former(former.computer_id, binding)
        self._update(binding, values)
        if is_kept_here:
            self._quiet(binding).odoo_id._update_connections()
        binding.odoo_id._ocs_log(self._describe_move(former))

    def _check_former(self, computer, monitor):
        """Import the former computer again if OCS reports such a monitor of it, too.

        If its serial number was not read there, the other monitor was taken for this
        one. The former computer has it, and may not change any more.

        :param computer: maintenance.equipment
        :param monitor: binding that is plugged into another computer now
        """
        for each in computer.with_context(active_test=False).ocs_bind_ids:
            if each.backend_id == self.backend_record and not each.removed_since:
                self._check_computer(each, monitor)

    def _check_computer(self, computer, monitor):
        adapter = self.component(usage="backend.adapter", model_name=computer._name)
        rows = adapter.read_monitors_of(computer.external_id)
        if self.recognizer.is_mistakable(monitor, monitor_values(rows)):
            computer._enqueue_import(
                self.backend_record,
                computer.external_id,
                computer.name,
                force=True,
                run=computer._current_run(),
            )

    def _log_unplugged(self, computer, binding):
        """Log in the chatter of the former computer that it lost the monitor.

        Its own import will not log it: the monitor is no longer there then.
        """
        computer._ocs_log(
            self.env._(
                "Monitor unplugged: %(monitor)s. It is now plugged into %(name)s.",
                monitor=binding.odoo_id.display_name,
                name=self.computer.name,
            )
        )

    def _describe_move(self, former):
        """:param former: previous connection of the monitor, empty if there is none"""
        seen = self.computer.last_inventory or fields.Datetime.now()
        name, date = self.computer.name, self.backend_record._local_date(seen)
        if not former:
            return self.env._(
                "Plugged into %(name)s, seen on %(date)s.", name=name, date=date
            )
        if former.computer_id == self.computer.odoo_id:
            return self.env._(
                "Plugged into %(name)s again, seen on %(date)s.",
                name=name,
                date=date,
            )
        return self.env._(
            "Moved from %(former)s to %(name)s, seen on %(date)s.",
            former=former.computer_name,
            name=name,
            date=date,
        )

    def _restore(self, binding):
        """Undo what was done to the asset because the monitor was unplugged."""
        if not binding.unplugged_action:
            return
        is_archived = binding.unplugged_action == "archive" and not binding.active
        self._quiet(binding).unplugged_action = False
        if is_archived:
            self._quiet(binding).active = True
            binding.odoo_id._ocs_log(
                self.env._("OCS reports this monitor again. The asset was unarchived.")
            )

    def _missing(self, keyed):
        """Return the monitors of this computer that it no longer reports."""
        missing = self._attached().filtered(lambda each: each.external_id not in keyed)
        if self.backend_record.unplugged_policy == "keep":
            missing = missing.filtered(lambda each: not each.unplugged_since)
        return missing

    def _attached(self):
        if self.is_first:
            return self.model
        asset = self.computer.odoo_id
        ids = self.prefetched.get("attached", asset.id)
        found = self.search_attached(asset) if ids is None else self.model.browse(ids)
        return found - found._of_other_company()

    def search_attached(self, assets):
        """Return the bindings of the monitors attached to the given computers.

        :param assets: maintenance.equipment
        """
        return self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("computer_id", "in", assets.ids),
            ]
        )

    def _unplug(self, missing):
        """Apply the backend's policy to the monitors that are no longer reported."""
        if not missing:
            return
        if self.backend_record.unplugged_policy == "keep":
            self._quiet(missing).odoo_id._close_connection()
        else:
            for binding in missing:
                self._update(binding, {"computer_id": False})
