# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models

from .ocs_asset_merge import QUIET


# one class for each responsibility of a merge
# pylint: disable=consider-merging-classes-inherited
class OcsAssetMerge(models.Model):
    """Undo of a merge."""

    _inherit = "ocs.asset.merge"

    def _do_undo(self):
        destination = self.destination_id.with_context(**QUIET)
        others = self.merged_ids.with_context(**QUIET).exists()
        imported = self._imported_values(destination)
        lost = self._restore_serials(destination, others, imported)
        lost += self._move_links_back(destination)
        lost += self._restore_bindings()
        self._restore_imported_values()
        lost += self._restore_values(destination)
        self._update_imported_values(destination, imported)
        for other in others:
            other.active = self.undo["others"][str(other.id)]["active"]
        deleted = len(self.undo["others"]) - len(others)
        if deleted:
            lost.append(self.env._("Deleted assets: %s.", deleted))
        for asset in destination | others:
            asset.ocs_bind_ids._update_has_locked_fields()
            asset.ocs_monitor_bind_ids._update_has_locked_fields()
        self._force_reimport(destination | others)
        self.write(
            {
                "state": "undone",
                "not_restored": "\n".join(lost) or False,
                "undone_by": self.env.uid,
                "undone_date": fields.Datetime.now(),
            }
        )
        self._log_undo(others)

    def _imported_values(self, destination):
        """Return the last imported values that the destination still has.

        :return: dict {field: value}
        """
        names = destination._ocs_imported_fields()
        return {name: destination._ocs_current(name)[0] for name in names}

    def _update_imported_values(self, destination, imported):
        """Keep values imported after the merge from counting as user edits.

        The restored bindings hold only values imported before the merge.
        """
        for binding in (*destination.ocs_bind_ids, *destination.ocs_monitor_bind_ids):
            former = binding.last_imported_values or {}
            current = {
                name: value
                for name, value in imported.items()
                if name in former and destination._ocs_current(name) == [value]
            }
            if former != {**former, **current}:
                binding.last_imported_values = {**former, **current}

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

    def _log_undo(self, others):
        for asset in self.destination_id | others:
            asset._message_log(
                body=self.env._("The merge of %s was undone.", self.display_name)
            )
