# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo import fields, models

from ..lib.identifiers import is_blacklisted_serial
from .ocs_asset_merge import QUIET

KINDS = ("computer", "monitor")


# one class for each responsibility of a merge
# pylint: disable=consider-merging-classes-inherited
class OcsAssetMerge(models.Model):
    """An asset has one computer, or monitor, of each OCS."""

    _inherit = "ocs.asset.merge"

    def _drop_bindings(self, destination, others):
        """Leave one binding of each OCS: that of the machine that is there.

        :return: dict {asset that had it: binding that was left}, of those of
            ``others``; the destination's values are what OCS says there
        """
        dropped, fed_by = [], {}
        for kind in KINDS:
            bindings = self.env[f"ocs.{kind}.binding"].with_context(**QUIET)
            found = bindings.search([("odoo_id", "in", (destination | others).ids)])
            for same_ocs in found.grouped("backend_id").values():
                kept, *rest = same_ocs.sorted(self._liveliness, reverse=True)
                if kept.odoo_id != destination:
                    fed_by[kept.odoo_id] = kept
                dropped += [
                    self._drop_binding(kind, each, destination) for each in rest
                ]
        self._remember(dropped=dropped)
        self.env.flush_all()  # the one that is left may take the place
        return fed_by

    def _liveliness(self, binding):
        """Puts bindings in an order: the last one is the machine of today."""
        if binding._name == "ocs.computer.binding":
            seen = binding.last_inventory or datetime.min
            return not binding.removed_since, seen, binding.external_id
        seen = binding.sync_date or datetime.min
        has_serial = not is_blacklisted_serial(binding.ocs_serial)
        return has_serial, bool(binding.computer_id), seen, binding.id

    def _drop_binding(self, kind, binding, destination):
        """:return: dict that undoes it"""
        backend, external_id = binding.backend_id, binding.external_id
        values = self._binding_values(binding)
        name, is_removed = binding.name, kind == "computer" and binding.removed_since
        binding.unlink()
        alias = self.env["ocs.asset.alias"].create(
            {
                "backend_id": backend.id,
                "kind": kind,
                "external_id": str(external_id),
                "odoo_id": destination.id,
                "merge_id": self.id,
            }
        )
        if kind == "computer" and not is_removed:
            issue = self.env["ocs.import.issue"]._record(
                backend, external_id, "ignored", name=name, message=alias._explain()
            )
            issue.digests = values.get("digests")
        return {"kind": kind, "alias": alias.id, "values": values}

    def _leave_to_ocs(self, destination, bindings, names):
        """What an import wrote to the destination is no edit of a person, whichever
        binding it has now.

        :param bindings: those that moved to the destination
        :param names: fields that hold what an import wrote
        """
        memories = []
        for binding in bindings:
            memory = binding.last_imported_values or {}
            memories.append([binding._name, binding.id, memory])
            written = {
                name: destination._ocs_current(name)[0]
                for name in names - {"serial_no"}  # the other machine's
            }
            binding.last_imported_values = {**memory, **written}
            binding._update_has_locked_fields()
        self._remember(memories=memories)

    def _restore_memories(self):
        for model, binding_id, memory in self.undo.get("memories", []):
            binding = self.env[model].browse(binding_id).exists()
            binding.write({"last_imported_values": memory})

    def _binding_values(self, binding):
        """What a binding has of its own.

        :return: dict for ``create``
        """
        return {
            name: self._to_json(binding, name)
            for name, field in binding._fields.items()
            if self._is_kept_value(field) and not field.inherited
        }

    def _restore_bindings(self):
        """:return: sentences, what could not be put back"""
        lost = []
        for dropped in self.undo.get("dropped", []):
            values, kind = dict(dropped["values"]), dropped["kind"]
            bindings = self.env[f"ocs.{kind}.binding"].with_context(**QUIET)
            backend = self.env["ocs.backend"].browse(values["backend_id"]).exists()
            asset = self.env["maintenance.equipment"].browse(values["odoo_id"])
            if not (backend and asset.exists()):
                continue
            alias = self.env["ocs.asset.alias"].browse(dropped["alias"]).exists()
            if kind == "monitor":
                if alias:  # the computer's id may be in it
                    values["external_id"] = alias.external_id
            else:
                self._restore_id(alias, backend, values["external_id"])
            alias.unlink()
            domains = (
                [("external_id", "=", values["external_id"])],
                [("odoo_id", "=", asset.id)],
            )
            if any(
                bindings.search_count([("backend_id", "=", backend.id), *domain])
                for domain in domains
            ):
                lost.append(
                    self.env._(
                        "The link of “%(name)s” to its id %(id)s in OCS: another asset "
                        "has that id by now.",
                        name=asset.name,
                        id=values["external_id"],
                    )
                )
                continue
            bindings.create(values)
        return lost

    def _restore_id(self, alias, backend, external_id):
        """The asset that is left may have gone on under the id of the other one.

        :param external_id: int, hardware.ID
        """
        self.env["ocs.import.issue"]._clear(backend, external_id)
        if alias and alias.external_id != str(external_id):
            binding = self.env["ocs.computer.binding"]._find(backend, external_id)
            former = int(alias.external_id)
            binding.write({"external_id": former, "digests": False})
            self.env.flush_all()

    def _is_kept_value(self, field):
        """Whether a field holds something that nothing else tells."""
        is_derived = field.related or (field.compute and field.readonly)
        return (
            field.store
            and not is_derived
            and not field.company_dependent
            and field.type not in ("one2many", "binary", "image")
            and field.name not in models.MAGIC_COLUMNS
        )

    def _to_json(self, record, name):
        """:return: value of a field that can be stored as JSON and written again"""
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value.id
        if field.type == "many2many":
            return sorted(value.ids)
        if field.type in ("date", "datetime"):
            return value and field.to_string(value)
        if field.type == "properties":
            return dict(value._values or {})
        if field.type == "reference":
            return value and f"{value._name},{value.id}"
        return value and str(value) if field.type == "html" else value

    def _from_json(self, record, name, value):
        """:return: value to be written"""
        if record._fields[name].type == "many2many":
            return [fields.Command.set(value)]
        return value
