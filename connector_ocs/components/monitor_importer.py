# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo import fields

from odoo.addons.component.core import Component


class OcsMonitorImporter(Component):
    """Importer of the monitors of a computer."""

    _name = "ocs.monitor.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.monitor.binding"

    def __init__(self, work_context):
        super().__init__(work_context)
        self.computer = None
        #: list of monitors to create later, see ``create_many``; None: each is created
        #: immediately
        self.new = None
        #: whether the computer has no monitor yet
        self.is_first = False

    def run(self, computer, monitors):
        """Create, update, move and unplug monitors.

        :param computer: binding of the computer they are attached to
        :param monitors: list of dict with name, model, serial, manufacturer
        """
        self.computer = computer
        identifier = self.component(usage="monitor.identifier")
        keyed, known = identifier.identify(computer, monitors)
        self.warnings += identifier.warnings
        missing = self._missing(keyed)
        renamed = identifier.recognize(computer, keyed, known, missing)
        for key, binding in renamed.items():
            self._rename(binding, key, keyed[key])
            missing -= binding
        for key, monitor in keyed.items():
            binding = known.get(key) or renamed.get(key) or self.model
            self._import(key, monitor, binding)
        self._unplug(missing)

    def _quiet(self, records):
        """Date what is written to the inventory of the computer."""
        seen = self.computer.last_inventory
        return super()._quiet(records).with_context(ocs_seen=seen)

    def _import(self, key, monitor, binding):
        if self._is_elsewhere(binding):
            return
        map_record = self.mapper.map_record(monitor)
        binding = binding or self._link_existing(key, monitor)
        values = map_record.values(for_create=not binding)
        values["computer_id"] = self.computer.odoo_id.id
        self._resolve_serial(binding, values)
        if not binding:
            values.update(self._matched(key, monitor))
            self._create_new(key, values)
            return
        self._connect(binding, values)
        self._restore(binding)

    @staticmethod
    def create_deferred(importers):
        """Create the monitors that the importers of several computers deferred.

        :param importers: list of ``ocs.monitor.importer``, not empty
        """
        new = [pair for importer in importers for pair in importer.new]
        if new:
            computers = [importer.computer for importer in importers]
            seen = {each.odoo_id.id: each.last_inventory for each in computers}
            importers[0].create_many(new, ocs_seen=False, ocs_seen_on=seen)

    def _create_new(self, key, values):
        if self.new is None:
            self._create(key, values)
        else:
            self.new.append((key, values))

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
        self._update(binding, values)
        if is_kept_here:
            self._quiet(binding).odoo_id._update_connections()
        binding.odoo_id._ocs_log(self._describe_move(former))

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

    def _rename(self, binding, key, monitor):
        """Set the external ID of a monitor and log why it changed."""
        self._quiet(binding).external_id = key
        if key == monitor["serial"]:
            message = self.env._(
                "OCS now reports the serial number “%s” for this monitor. The monitor "
                "is identified by it from now on.",
                key,
            )
        else:
            message = self.env._(
                "The serial number “%s” is a placeholder shared by many machines. This "
                "monitor is now identified by its computer, manufacturer and model.",
                monitor["serial"],
            )
        binding.odoo_id._ocs_log(message)

    def _link_existing(self, key, monitor):
        """Link a new monitor to the existing asset with its serial number.

        :return: new binding of the asset, empty if there is none
        """
        owner = key == monitor["serial"] and self._serial_owner(key)
        if not owner or not self._is_free(owner):
            return self.model
        reason = self.env._("Matched an existing asset by the serial number “%s”.", key)
        values = {"backend_id": self.backend_record.id, "odoo_id": owner.id}
        binding = self._create(key, values | self.model._matched(reason))
        owner._ocs_log(
            self.env._(
                "Linked to OCS: %(computer)s reports a monitor with this serial "
                "number.",
                computer=self.computer.name,
            )
        )
        return binding

    def _is_free(self, asset):
        """Return whether an asset may be linked to a monitor with its serial number."""
        company = asset.company_id
        asset = asset.with_context(active_test=False)
        return (
            asset.active
            and (not company or company == self.backend_record.company_id)
            and asset.category_id != self.backend_record.computer_category_id
            and not (asset.ocs_bind_ids or asset.ocs_monitor_bind_ids)
            and not asset.monitor_ids
        )

    def _matched(self, key, monitor):
        """Return the values of the binding that say why an asset was created."""
        if key == monitor["serial"]:
            reason = self.env._(
                "Created: no existing asset matched by the serial number “%s”.", key
            )
        else:
            reason = self.env._(
                "Created: the monitor has no serial number of its own. It is "
                "identified by its computer, manufacturer and model."
            )
        return self.model._matched(reason)

    def _is_elsewhere(self, binding):
        """Return whether a computer that was inventoried later reports the monitor.

        A computer keeps its monitor in OCS until its own next inventory, which may
        never come: the computer that was inventoried last has the monitor.
        """
        other = self._other_computer(binding)
        if not other:
            return False
        if self._recency(other) > self._recency(self.computer):
            self.is_conflicting = True
            self.warnings.append(self._reported_later(binding, other))
            return True
        self._warn_former(other, self._reported_later(binding, self.computer))
        return False

    def _other_computer(self, binding):
        """:return: binding of a computer in OCS, empty if no other has the monitor"""
        is_here = binding.computer_id == self.computer.odoo_id
        if is_here or binding.unplugged_since:  # not connected to another computer
            return self.computer.browse()
        bindings = binding.computer_id.with_context(active_test=False).ocs_bind_ids
        other = bindings.filtered(
            lambda other: (
                other.backend_id == self.backend_record
                and not other.removed_since
                and not other.removal_action
            )
        )
        return other

    def _recency(self, computer):
        """Return the sort key of a computer: the greatest one has the monitor."""
        return computer.last_inventory or datetime.min, computer.external_id

    def _warn_former(self, other, warning):
        """Add a warning to a computer that loses a monitor, and may get it back."""
        lines = (other.warnings or "").splitlines()
        if warning not in lines:
            warnings = "\n".join([*lines, warning])
            self._quiet(other).write({"is_conflicting": True, "warnings": warnings})

    def _reported_later(self, binding, other):
        return self.env._(
            "The monitor “%(monitor)s” is also reported by “%(other)s”, which was "
            "inventoried later. It stays on that computer.",
            monitor=binding.odoo_id.display_name,
            other=other.name,
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
        return self.search_attached(asset) if ids is None else self.model.browse(ids)

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
        self.env["ocs.computer.binding"]._recheck_conflicting()
