# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

#: Fields that an import fills once, and a person as well as it.
FILLED_BY_BOTH = ("assign_date", "category_id", "computer_id", "model")
PLAIN = ("char", "date", "datetime", "float", "integer", "text")


# one class for each responsibility of a merge
# pylint: disable=consider-merging-classes-inherited
class OcsAssetMerge(models.Model):
    """What the asset that is left takes over from the others, field by field."""

    _inherit = "ocs.asset.merge"

    def _snapshot(self, asset):
        """All values of an asset that nothing else tells, as JSON."""
        return {
            name: self._to_json(asset, name)
            for name, field in asset._fields.items()
            if self._is_kept_value(field)
        }

    def _values_to_take(self, destination, others, fed_by):
        """What the destination lacks and others have, and what OCS says of the machine.

        :param fed_by: dict {asset: binding that moves to the destination}
        :return: dict for ``write``
        """
        values = {}
        for other in others:
            missing = self._missing(destination, other)
            values = {**self._read_values(other, missing), **values}
        for other in fed_by:
            values.update(self._read_values(other, self._read_from_ocs(other)))
        computer = values.get("computer_id")
        if computer in (destination | others).ids:
            del values["computer_id"]
        self._add_properties(values, destination, others)
        return values

    def _missing(self, destination, other):
        """Names of the fields that only the other asset has."""
        names = {*other._ocs_filled_by_people(), *FILLED_BY_BOTH}
        names.update(self._read_from_ocs(other))
        return [name for name in names if other[name] and not destination[name]]

    def _read_from_ocs(self, asset):
        """Names of the fields that hold what OCS says of the hardware."""
        return [
            name
            for name, field in asset._fields.items()
            if field._module == "connector_ocs"
            and field.type in PLAIN
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
        """Properties are those of a category."""
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

    # Serial numbers are unique in Odoo, those of archived assets included

    def _settle_serials(self, destination, others, fed_by):
        """The destination has the number of the machine; the others keep the rest."""
        having = others.filtered("serial_no")
        fed = having.filtered(
            lambda other: (
                other in fed_by and other.serial_no == fed_by[other].ocs_serial
            )
        )
        if not destination.serial_no:
            self._hand_over_serial((fed or having)[:1], destination)
        elif fed and destination.serial_no in self._serials_of_dropped(destination):
            self._hand_over_serial(fed[:1], destination)

    def _serials_of_dropped(self, asset):
        """Serial numbers that OCS gave to an asset, and does not any more."""
        return [
            dropped["values"]["ocs_serial"]
            for dropped in self.undo["dropped"]
            if dropped["values"]["odoo_id"] == asset.id
        ]

    def _hand_over_serial(self, source, target):
        """Two assets change serial numbers."""
        if source:
            self._write_serials({source: target.serial_no, target: source.serial_no})

    def _write_serials(self, serials):
        """Give serial numbers to assets, in whatever order they had them.

        :param serials: dict {asset: serial number}
        """
        for asset in serials:
            asset.serial_no = False
        self.env.flush_all()
        for asset, serial in serials.items():
            asset.serial_no = serial
        self.env.flush_all()
