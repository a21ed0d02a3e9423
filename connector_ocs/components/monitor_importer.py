# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial

#: Fields that keep their value if OCS has none.
PRODUCT_FIELDS = ("manufacturer", "model", "manufacture_week", "manufacture_year")


class OcsMonitorImporter(Component):
    """Importer of the monitors of a computer."""

    _name = "ocs.monitor.importer"
    _inherit = "ocs.monitor.movement"
    _apply_on = "ocs.monitor.binding"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: list of monitors to create later, see ``create_many``; None: each is created
        #: immediately
        self.new = None
        #: bindings of which the chatter says why they have another external ID
        self.explained = self.model

    def run(self, computer, monitors):
        """Create, update, move and unplug monitors.

        :param computer: binding of the computer they are attached to
        :param monitors: list of descriptions, see ``lib/monitors.py``
        """
        self.computer = computer
        identifier = self.identifier
        keyed, known = identifier.identify(computer, monitors)
        self.warnings += identifier.warnings
        missing = self._missing(keyed)
        recognized = self.recognizer.recognize(
            keyed, known, missing | identifier.left_here
        )
        for key, binding in recognized.items():
            missing -= binding
            if not self.recognizer.is_poorer(keyed[key], binding):
                self._rename(binding, key, keyed[key])
        for key, monitor in keyed.items():
            binding = known.get(key) or recognized.get(key) or self.model
            self._import(key, monitor, binding)
        self._unplug(missing)

    @cached_property
    def identifier(self):
        """Component ``ocs.monitor.identifier``."""
        return self.component(usage="monitor.identifier")

    def _import(self, key, monitor, binding):
        binding = binding or self._link_existing(key, monitor)
        if binding._of_other_company():
            self._warn_other_company(monitor)
            return
        if self._stays_elsewhere(binding, monitor):
            return
        values = self._values(monitor, binding)
        self._resolve_serial(binding, values)
        if not binding:
            values.update(self._matched(key, monitor))
            self._create_new(key, values)
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

    @staticmethod
    def create_deferred(importers):
        """Create the monitors that the importers of several computers deferred.

        :param importers: list of ``ocs.monitor.importer``, not empty
        """
        new = [pair for importer in importers for pair in importer.new]
        if new:
            computers = [importer.computer for importer in importers]
            seen = {each.odoo_id.id: each.last_inventory for each in computers}
            importers[0].create_many(new, connection_date=False, connection_dates=seen)

    def _create_new(self, key, values):
        if self.new is None:
            self._create(key, values)
        else:
            self.new.append((key, values))

    def _rename(self, binding, key, monitor):
        """Set the external ID of a monitor and log why it changed."""
        self._quiet(binding).external_id = key
        message = self._describe_key(key, monitor)
        if message:
            binding.odoo_id._ocs_log(message)
            self.explained |= binding

    def _describe_key(self, key, monitor):
        """Return why a monitor has a new external ID, '' if that needs no mention."""
        serial = monitor["serial"]
        if key == plain_serial(serial):
            return self.env._(
                "OCS now reports the serial number “%s” for this monitor. The monitor "
                "is identified by it from now on.",
                serial,
            )
        if self.identifier.is_shared(serial):
            return self.env._(
                "Several monitors in OCS have the serial number “%s”. This monitor is "
                "now identified by its computer, manufacturer and model.",
                serial,
            )
        if serial:
            return self.env._(
                "The serial number “%s” is a placeholder shared by many machines. This "
                "monitor is now identified by its computer, manufacturer and model.",
                serial,
            )
        return ""

    def _link_existing(self, key, monitor):
        """Link a new monitor to its existing asset.

        :return: new binding of the asset, empty if there is none
        """
        is_serial = key == plain_serial(monitor["serial"])
        owner = self._serial_owner(monitor["serial"]) if is_serial else None
        linker = self.component(usage="monitor.linker")
        asset, reason = linker.find(self.computer, key, monitor, owner)
        if not asset:
            return self.model
        values = {"backend_id": self.backend_record.id, "odoo_id": asset.id}
        binding = self._create(key, values | self.model._matched(reason))
        asset._ocs_log(
            self.env._(
                "Linked to OCS: %(computer)s reports this monitor. %(reason)s",
                computer=self.computer.name,
                reason=reason,
            )
        )
        return binding

    def _matched(self, key, monitor):
        """Return the values of the binding that say why an asset was created."""
        if key == plain_serial(monitor["serial"]):
            reason = self.env._(
                "Created: no existing asset matched by the serial number “%s”.",
                monitor["serial"],
            )
        else:
            reason = self.env._(
                "Created: the monitor has no serial number of its own. It is "
                "identified by its computer, manufacturer and model."
            )
        return self.model._matched(reason)

    def _stays_elsewhere(self, binding, monitor):
        """Return whether another computer has the monitor, and warn of it.

        A computer keeps its monitor in OCS until its own next inventory, which may
        never come.
        """
        other, me = self._other_computer(binding), self.computer.external_id
        decision = self.identifier.decision(monitor["serial"])
        is_owner = decision and decision.owner == me
        if decision and not decision.is_shared and not is_owner:
            self._warn_moved(monitor, decision.owner)
        elif other and other.backend_id != self.backend_record:
            self._warn_other_backend(monitor, other)
        elif is_owner or self.identifier.is_place(me, binding):
            return False
        return bool(other)

    def _other_computer(self, binding):
        """Return the other computer in OCS that has a monitor.

        Computers of another backend count if that one reports the monitor, too.

        :return: binding of a computer, empty if none has it
        """
        none = self.computer.browse()
        is_here = binding.computer_id == self.computer.odoo_id
        if is_here or binding.unplugged_since:  # not connected to another computer
            return none
        bindings = binding.computer_id.with_context(active_test=False).ocs_bind_ids
        found = bindings.filtered(
            lambda each: not (each.removed_since or each.removal_action)
        )
        own = found.filtered(lambda each: each.backend_id == self.backend_record)
        backends = binding.odoo_id.ocs_monitor_bind_ids.backend_id
        return own or found.filtered(lambda each: each.backend_id in backends)[:1]

    def _warn_moved(self, monitor, owner):
        """Warn that another computer has a monitor.

        :param owner: hardware.ID of the other computer, which may not be imported yet
        """
        self.warnings.append(
            self.env._(
                "The computer with the ID %(id)s in OCS, which was inventoried later, "
                "also reports the monitor with the serial number “%(serial)s”. The "
                "monitor is on that computer.",
                id=owner,
                serial=monitor["serial"],
            )
        )

    def _warn_other_backend(self, monitor, other):
        self.warnings.append(
            self.env._(
                "%(backend)s also reports the monitor with the serial number "
                "“%(serial)s”. It stays on “%(computer)s”.",
                backend=other.backend_id.name,
                serial=monitor["serial"],
                computer=other.name,
            )
        )

    def _warn_other_company(self, monitor):
        self.warnings.append(
            self.env._(
                "The asset of the monitor “%s” belongs to another company than the "
                "backend. It was not updated. Move it to the company of the backend, "
                "or have a user who has access to both companies set its company.",
                monitor["name"] or monitor["serial"],
            )
        )

    def _is_shared_serial(self, serial, binding, values):
        """Return whether several monitors in OCS have a serial number."""
        decision = self.identifier.decision(serial)
        is_owner = decision and decision.owner == self.computer.external_id
        return bool(decision and decision.is_shared and not is_owner)

    def _release_serial(self, serial, owner, values):
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
