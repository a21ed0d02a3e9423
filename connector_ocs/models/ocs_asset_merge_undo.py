# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models

from .ocs_asset_merge import QUIET


# one class for each responsibility of a merge
# pylint: disable=consider-merging-classes-inherited
class OcsAssetMerge(models.Model):
    """Puts back what a merge moved."""

    _inherit = "ocs.asset.merge"

    def _do_undo(self):
        survivor = self.survivor_id.with_context(**QUIET)
        others = self.merged_ids.with_context(**QUIET).exists()
        written = self._written_values(survivor)
        lost = self._restore_serials(survivor, others, written)
        lost += self._move_links_back(survivor)
        lost += self._restore_bindings()
        self._restore_memories()
        lost += self._restore_values(survivor)
        self._remember_written(survivor, written)
        for other in others:
            other.active = self.undo["others"][str(other.id)]["active"]
        deleted = len(self.undo["others"]) - len(others)
        if deleted:
            lost.append(self.env._("%s of the assets were deleted.", deleted))
        for asset in survivor | others:
            asset.ocs_bind_ids._note_held_fields()
            asset.ocs_monitor_bind_ids._note_held_fields()
        self._import_anew(survivor | others)
        self.write(
            {
                "state": "undone",
                "not_restored": "\n".join(lost) or False,
                "undone_by": self.env.uid,
                "undone_date": fields.Datetime.now(),
            }
        )
        self._tell_undo(others)

    def _written_values(self, survivor):
        """:return: dict {field: value}, what an import wrote last and is there still"""
        names = survivor._ocs_fields_as_written()
        return {name: survivor._ocs_current(name)[0] for name in names}

    def _remember_written(self, survivor, written):
        """What an import wrote after the merge is no edit of a person, either.

        The bindings that are put back know only what was written before it.
        """
        for binding in (*survivor.ocs_bind_ids, *survivor.ocs_monitor_bind_ids):
            memory = binding.ocs_wrote or {}
            left = {
                name: value
                for name, value in written.items()
                if name in memory and survivor._ocs_current(name) == [value]
            }
            if memory != {**memory, **left}:
                binding.ocs_wrote = {**memory, **left}

    def _restore_serials(self, survivor, others, written):
        """Serial numbers that were handed over go back to who had them.

        :param written: as of ``_written_values``; an import may have changed the number
        :return: sentences, what could not be put back
        """
        former, after = self.undo["values"].get("serial_no", (None, None))
        if after is None:
            return []
        if survivor.serial_no != after and "serial_no" not in written:
            return [self._changed_since("serial_no")]
        serials, lost = {survivor: former}, []
        for other in others:
            serials[other] = self.undo["others"][str(other.id)]["serial_no"]
        for asset, serial in list(serials.items()):
            owner = self._serial_owner(serial) - survivor - others
            if owner:
                serials[asset] = False
                lost.append(
                    self.env._(
                        "The serial number “%(serial)s” of “%(name)s”: the asset "
                        "“%(owner)s” has it by now.",
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

    def _restore_values(self, survivor):
        """Values that were taken go, unless they were changed since.

        :return: sentences, what could not be put back
        """
        values, lost = {}, []
        for name, (former, after) in self.undo["values"].items():
            if name == "serial_no" or name not in survivor._fields:
                continue
            now = self._to_json(survivor, name)
            if now == after:
                values[name] = self._from_json(survivor, name, former)
            elif now != former and survivor._is_input(survivor._fields[name]):
                lost.append(self._changed_since(name))
        survivor.write(values)
        return lost

    def _changed_since(self, name):
        field = self.survivor_id._fields[name]
        label = field._description_string(self.env)
        return self.env._("%s: it was changed since, and stays as it is.", label)

    def _tell_undo(self, others):
        for asset in self.survivor_id | others:
            asset._message_log(
                body=self.env._("The merge of %s was undone.", self.display_name)
            )
