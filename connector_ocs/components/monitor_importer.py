# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo import fields

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial

#: Fields that keep their value if OCS has none.
PRODUCT_FIELDS = ("manufacturer", "model", "manufacture_week", "manufacture_year")


class OcsMonitorImporter(Component):
    """Importer of the monitors of computers."""

    _name = "ocs.monitor.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.monitor.binding"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: :class:`.lib.computer_import.ComputerImport` of the current computer
        self.computer_import = None
        #: component ``ocs.monitor.identifier`` of the current computer
        self.identifier = None
        #: list of pairs of external ID and values of the monitors to create
        self.new = []
        #: bindings of which the chatter says why they have another external ID
        self.explained = self.model

    def run(self, imports):
        """Create, update, move and unplug the monitors of computers.

        New ones are created at once, because that takes most of the time.

        :param imports: list of :class:`.lib.computer_import.ComputerImport`, after the
            import of their asset
        """
        imports = [each for each in imports if each.has_monitors]
        for each in imports:
            self._import_all(each)
        seen = {
            each.binding.odoo_id.id: each.binding.last_inventory for each in imports
        }
        self.create_many(self.new, connection_date=False, connection_dates=seen)

    def _import_all(self, computer_import):
        """Import the monitors of one computer, all but the new ones."""
        self.computer_import = computer_import
        self.identifier = self.component(usage="monitor.identifier")
        keyed, known = self.identifier.identify(computer_import)
        missing = self._missing(keyed)
        recognized = self.recognizer.recognize(
            keyed, known, missing | self.identifier.left_here
        )
        for key, binding in recognized.items():
            missing -= binding
            if not self.recognizer.is_poorer(keyed[key], binding):
                self._rename(binding, key, keyed[key])
        for key, monitor in keyed.items():
            binding = known.get(key) or recognized.get(key) or self.model
            self._import(key, monitor, binding)
        self._unplug(missing)

    @property
    def computer(self):
        """Binding of the current computer"""
        return self.computer_import.binding

    @cached_property
    def recognizer(self):
        """Component ``ocs.monitor.recognizer``"""
        return self.component(usage="monitor.recognizer")

    @cached_property
    def linker(self):
        """Component ``ocs.monitor.linker``"""
        return self.component(usage="monitor.linker")

    def _quiet(self, records):
        """Date what is written to the inventory of the computer."""
        seen = self.computer.last_inventory
        return super()._quiet(records).with_context(connection_date=seen)

    def _import(self, key, monitor, binding):
        binding = binding or self._link_existing(key, monitor)
        if binding._of_other_company():
            self.computer_import.warnings.append(self._describe_other_company(monitor))
            return
        if self.linker.stays_elsewhere(self.identifier, binding, monitor):
            return
        values = self._values(monitor, binding)
        self._resolve_serial(self.computer_import, binding, values)
        if not binding:
            reason = self.identifier.describe_new(key, monitor)
            self.new.append((key, values | self.model._matched(reason)))
            return
        serial = binding.serial_no
        self._connect(binding, values)
        self._log_lost_serial(binding, serial)
        self._restore(binding)

    def _log_lost_serial(self, binding, serial):
        """Log in the chatter that the asset no longer has its serial number."""
        if not serial or binding.serial_no or binding in self.explained:
            return
        binding.odoo_id._ocs_log(
            self.env._(
                "The serial number “%(serial)s” was removed from this asset, because "
                "OCS reports “%(reported)s”, which does not identify it alone.",
                serial=serial,
                reported=binding.ocs_serial or "",
            )
        )

    def _values(self, monitor, binding):
        """Return the values to import.

        A report that says less, such as that of a switch, erases nothing.
        """
        if binding:
            monitor = self.recognizer.complete(monitor, binding)
        record = {**monitor, "computer": self.computer.name}
        values = self.mapper.map_record(record).values(for_create=not binding)
        values["computer_id"] = self.computer.odoo_id.id
        if not binding:
            return values
        empty = {name for name in PRODUCT_FIELDS if not values[name]}
        imported = binding.last_imported_values or {}
        if not monitor["name"] and imported.get("name") != binding.name:
            empty.add("name")
        return {name: value for name, value in values.items() if name not in empty}

    def _rename(self, binding, key, monitor):
        """Set the external ID of a monitor and log why it changed."""
        self._quiet(binding).external_id = key
        message = self.identifier.describe_key(key, monitor)
        if message:
            binding.odoo_id._ocs_log(message)
            self.explained |= binding

    def _link_existing(self, key, monitor):
        """Link a new monitor to its existing asset.

        :return: new binding of the asset, empty if there is none
        """
        is_serial = key == plain_serial(monitor["serial"])
        owner = is_serial and self._serial_owner(
            self.computer_import, monitor["serial"]
        )
        asset, reason = self.linker.find(self.computer, key, monitor, owner)
        if not asset:
            return self.model
        values = {"backend_id": self.backend_record.id, "odoo_id": asset.id}
        binding = self.create_many([(key, values | self.model._matched(reason))])
        asset._ocs_log(
            self.env._(
                "Linked to OCS: %(computer)s reports this monitor. %(reason)s",
                computer=self.computer.name,
                reason=reason,
            )
        )
        return binding

    def _describe_other_company(self, monitor):
        return self.env._(
            "The asset of the monitor “%s” belongs to another company than the "
            "backend. It was not updated. Move it to the company of the backend, "
            "or have a user who has access to both companies set its company.",
            monitor["name"] or monitor["serial"],
        )

    def _is_shared_serial(self, computer_import, serial):
        """Return whether several monitors in OCS have a serial number."""
        decision = self.identifier.decision(serial)
        is_owner = decision and decision.owner == computer_import.external_id
        return bool(decision and decision.is_shared and not is_owner)

    def _release_serial(self, computer_import, serial, owner):
        """Take a serial number from a monitor of which OCS no longer reports it.

        Only this computer still has a monitor with the number.
        """
        former = owner.with_context(active_test=False).ocs_monitor_bind_ids
        if not self.identifier.is_shared(serial) or (
            former.backend_id != self.backend_record
            or former._of_other_company()
            or self.ownership.is_protected(former, "serial_no")
        ):
            return False
        self._update(former, {"serial_no": False})
        owner.flush_recordset(["serial_no"])  # it is unique
        owner._ocs_log(
            self.env._(
                "The serial number “%(serial)s” was removed from this asset, because "
                "OCS reports it for a monitor of “%(name)s”.",
                serial=serial,
                name=self.computer.name,
            )
        )
        return True

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
            self.recognizer.check_former(former.computer_id, binding)
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
        name, date = self.computer.name, self.backend_record._local_time(seen)
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
        if self.computer_import.is_new:
            return self.model
        search = self.component(usage="monitor.search")
        found = search.attached(self.computer_import)
        return found - found._of_other_company()

    def _unplug(self, missing):
        """Apply the backend's policy to the monitors that are no longer reported."""
        if not missing:
            return
        if self.backend_record.unplugged_policy == "keep":
            self._quiet(missing).odoo_id._close_connection()
        else:
            for binding in missing:
                self._update(binding, {"computer_id": False})
