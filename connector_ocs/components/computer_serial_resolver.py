# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial


class OcsSerialResolver(Component):
    """Resolver of which computer's asset may use a serial number.

    A run finds the serial numbers that several computers in OCS report before it
    imports any of them, see ``ocs.shared.finder``. An asset may still have a number
    that its computer no longer reports: the import of the next computer takes it, so
    that computers can swap their numbers in any order.
    """

    _name = "ocs.serial.resolver"
    _inherit = "ocs.lookup"
    _apply_on = "ocs.computer.binding"
    _usage = "serial.resolver"

    def is_reserved(self, computer_import):
        """Return whether the asset of a computer may not use its serial number.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        """
        shared = self._shared(computer_import, computer_import.serial)
        return shared._is_reserved(computer_import.external_id)

    def owner(self, computer_import, serial):
        """Return the asset that has a serial number which a computer reports.

        :param serial: str, of the computer or of a monitor of it
        :return: maintenance.equipment, of any company
        """
        found = self._look_up(computer_import, self._search_owners)
        if serial not in found:  # a monitor had it before, and OCS says less now
            found = self._owners({serial})
        own = self._assets.browse(computer_import.binding.odoo_id.id)
        # one of them may have got or released it since
        return (found[serial] | own).filtered(lambda asset: asset.serial_no == serial)

    def conflicts(self, computer_import):
        """Return whether another asset has the serial number that it may use."""
        serial = computer_import.serial
        is_placeholder = computer_import.blacklist.has_serial(serial)
        if is_placeholder or self.is_reserved(computer_import):
            return False
        return bool(
            self.owner(computer_import, serial) - computer_import.binding.odoo_id
        )

    def claims(self, computer_import):
        """Return the serial numbers that a computer's asset may get or lose.

        The run has decided on those that several computers report before it enqueued
        any import.
        """
        return {
            plain_serial(each)
            for each in self._own_serials(computer_import)
            if not computer_import.blacklist.has_serial(each)
            and not self._shared(computer_import, each).external_ids
        }

    def search(self, serials):
        """Return what is known about some serial numbers.

        :return: dict {serial number in normal form: ocs.shared.identifier}
        """
        # sudo: whoever starts the import
        shared = self.env["ocs.shared.identifier"].sudo()
        values = {plain_serial(each) for each in serials if each}
        return shared._find(self.backend_record, "ocs_serial", values)

    def _own_serials(self, computer_import):
        binding = computer_import.binding
        return {computer_import.serial, binding.ocs_serial, binding.serial_no}

    def _shared(self, computer_import, serial):
        found = self._look_up(computer_import, self._search_shared)
        none = self.env["ocs.shared.identifier"].sudo()
        return found.get(plain_serial(serial), none)

    def _search_shared(self, imports):
        """Search for what is known about the serial numbers of computers."""
        serials = {serial for each in imports for serial in self._own_serials(each)}
        return [self.search(serials)] * len(imports)

    def _search_owners(self, imports):
        """Search for the assets with the serial numbers of computers and monitors."""
        serials = {each.serial for each in imports}.union(
            monitor["serial"] for each in imports for monitor in each.monitors
        )
        return [self._owners(serials)] * len(imports)

    def _owners(self, serials):
        """Return the assets by serial number, which may be empty recordsets."""
        owners = self._assets.search_fetch(
            [("serial_no", "in", [each for each in serials if each])], ["serial_no"]
        ).grouped("serial_no")
        return {each: owners.get(each, self._assets.browse()) for each in serials}

    def release(self, computer_import, serial, asset):
        """Take a serial number from an asset that may no longer use it.

        :param computer_import: that of the computer that needs the number
        :param serial: str
        :param asset: maintenance.equipment with this serial number
        :return: bool, False if the asset keeps the number
        """
        holder = asset.ocs_bind_ids
        is_ours = len(holder) == 1 and holder.backend_id == self.backend_record
        is_ours = is_ours and not holder._of_other_company()
        if not is_ours or not self._may_release(computer_import, serial, holder):
            return False
        self._take(holder)
        asset._ocs_log(
            self.env._(
                "The serial number “%(serial)s” was removed from this asset, because "
                "OCS reports it for “%(name)s”.",
                serial=serial,
                name=computer_import.name,
            )
        )
        return True

    def _may_release(self, computer_import, serial, holder):
        if self.component(usage="ownership").is_protected(holder, "serial_no"):
            return False
        reported = self.backend_adapter.read_serials([holder.external_id])
        if holder.external_id not in reported:
            policy = self.backend_record.removal_policy
            return "archive" in (policy, holder.removal_action)
        owner_id = self._shared(computer_import, serial).owner_id
        is_mine = owner_id == computer_import.external_id
        found = plain_serial(reported[holder.external_id])
        return is_mine or found != plain_serial(serial)

    def _take(self, holder):
        """Empty the serial number, and have the next run import its computer again.

        It is written immediately: PostgreSQL checks row by row that serial numbers are
        unique, even within one statement.
        """
        imported = dict(holder.last_imported_values or {}, serial_no=False)
        holder.last_imported_values = imported
        holder._request_import("taken")
        quiet = {"tracking_disable": True, "ocs_import": True}
        holder.odoo_id.with_context(**quiet).serial_no = False
        holder.odoo_id.flush_recordset(["serial_no"])

    @property
    def _assets(self):
        # sudo: serial numbers are unique across all companies
        equipment = self.env["maintenance.equipment"].sudo()
        return equipment.with_context(active_test=False)
