# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

#: Fields that both imports and users fill.
FILLED_BY_BOTH = ("assign_date", "category_id", "computer_id", "location", "model")
PLAIN_TYPES = ("char", "date", "datetime", "float", "integer", "text")


class OcsAssetMergeValues(models.AbstractModel):
    """Values that an asset takes over from the merged ones."""

    _name = "ocs.asset.merge.values"
    _inherit = "ocs.undo.mixin"
    _description = "Values of Merged Assets (abstract)"

    def _snapshot(self, asset):
        """Return the values of an asset that cannot be derived, as JSON."""
        return {
            name: self._to_json(asset, name)
            for name, field in asset._fields.items()
            if self._is_own_value(field)
        }

    def _values_to_take(self, destination, others, moved):
        """Return the values that the destination takes over from the others.

        These are the values that it lacks, and what OCS reports of the machine.

        :param moved: dict {asset: binding that moves to the destination}
        :return: dict for ``write``
        """
        values = {}
        for other in others:
            missing = self._missing(destination, other)
            values = {**self._read_values(other, missing), **values}
        for other in moved:
            values.update(self._read_values(other, self._hardware_fields(other)))
        computer = values.get("computer_id")
        if computer in (destination | others).ids:
            del values["computer_id"]
        self._add_properties(values, destination, others)
        return values

    def _missing(self, destination, other):
        """Return the names of the fields whose values the other asset provides."""
        names = {*other._ocs_user_filled_fields(), *FILLED_BY_BOTH}
        names.update(self._hardware_fields(other))
        names = [name for name in names if other[name] and not destination[name]]
        return destination._ocs_fields_to_take(other, names)

    def _hardware_fields(self, asset):
        """Return the names of the fields that hold hardware data from OCS."""
        return [
            name
            for name, field in asset._fields.items()
            if asset._ocs_is_inventory_field(field)
            and field.type in PLAIN_TYPES
            and field.store
            and not field.compute
        ]

    def _read_values(self, asset, names):
        return {
            name: asset._fields[name].convert_to_write(asset[name], asset)
            for name in names
            if asset._fields[name].type != "properties"
        }

    def _add_properties(self, values, destination, others):
        """Add missing properties, from assets of the same category."""
        name = "equipment_properties"
        own = dict(destination[name]._values or {})
        category = values.get("category_id", destination.category_id.id)
        taken = {}
        for other in others.filtered(lambda each: each.category_id.id == category):
            theirs = other[name]._values or {}
            taken.update(
                {
                    key: value
                    for key, value in theirs.items()
                    if value and not own.get(key) and key not in taken
                }
            )
        if taken:
            values[name] = {**own, **taken}

    # Serial numbers are unique in Odoo, including those of archived assets

    def _assign_serials(self, destination, others, moved):
        """Give the destination the machine's serial number; the others keep theirs."""
        with_serial = others.filtered("serial_no")
        current = with_serial.filtered(
            lambda other: other in moved and other.serial_no == moved[other].ocs_serial
        )
        if not destination.serial_no:
            self._swap_serials((current or with_serial)[:1], destination)
        elif current and destination.serial_no in self._dropped_serials(destination):
            self._swap_serials(current[:1], destination)

    def _dropped_serials(self, asset):
        """Return the serial numbers in the dropped bindings of an asset."""
        return [
            dropped["values"]["ocs_serial"]
            for dropped in self.undo["dropped"]
            if dropped["values"]["odoo_id"] == asset.id
        ]

    def _swap_serials(self, source, target):
        """Swap the serial numbers of two assets."""
        if source:
            self._write_serials({source: target.serial_no, target: source.serial_no})

    def _write_serials(self, serials):
        """Assign serial numbers to assets, whichever of them had them before.

        :param serials: dict {asset: serial number}
        """
        for asset in serials:
            asset.serial_no = False
        self.env.flush_all()
        for asset, serial in serials.items():
            asset.serial_no = serial
        self.env.flush_all()

    def _restore_serials(self, destination, others, imported):
        """Give swapped serial numbers back to their former assets.

        :param imported: as returned by ``_imported_values``; an import may have
            changed the serial number
        :return: sentences about what could not be restored
        """
        former, after = self.undo["values"].get("serial_no", (None, None))
        if after is None:
            return []
        if destination.serial_no != after and "serial_no" not in imported:
            return [self._changed_since("serial_no")]
        serials, lost = {destination: former}, []
        for other in others:
            serials[other] = self.undo["others"][str(other.id)]["serial_no"]
        for asset, serial in list(serials.items()):
            owner = self._serial_owner(serial) - destination - others
            if owner:
                serials[asset] = False
                lost.append(
                    self.env._(
                        "The serial number “%(serial)s” of “%(name)s” was not restored "
                        "because the asset “%(owner)s” now has it.",
                        serial=serial,
                        name=asset.name,
                        owner=owner.name,
                    )
                )
        self._write_serials(serials)
        return lost

    def _serial_owner(self, serial):
        assets = self.env["maintenance.equipment"].with_context(active_test=False)
        return assets.search([("serial_no", "=", serial)]) if serial else assets

    def _restore_values(self, destination):
        """Restore the former values of the destination, unless they were changed.

        :return: sentences about what could not be restored
        """
        values, lost = {}, []
        for name, (former, after) in self.undo["values"].items():
            if name == "serial_no" or name not in destination._fields:
                continue
            now = self._to_json(destination, name)
            if now == after:
                values[name] = self._from_json(destination, name, former)
            elif now != former and destination._is_input(destination._fields[name]):
                lost.append(self._changed_since(name))
        destination.write(values)
        return lost

    def _changed_since(self, name):
        field = self.destination_id._fields[name]
        label = field._description_string(self.env)
        return self.env._("%s was changed later and stays as it is.", label)
