# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo import models

from odoo.addons.connector_ocs.lib.identifiers import is_blacklisted_serial

from .ocs_undo_mixin import QUIET

KINDS = ("computer", "monitor")


class OcsAssetMergeBindings(models.AbstractModel):
    """Bindings of merged assets: an asset has one binding to each OCS."""

    _name = "ocs.asset.merge.bindings"
    _inherit = "ocs.undo.mixin"
    _description = "Bindings of Merged Assets (abstract)"

    def _drop_bindings(self, destination, others):
        """Keep one binding to each OCS, that of the current machine.

        :return: dict {asset of ``others``: its binding, if that is kept}; the
            destination takes the OCS values of these assets
        """
        dropped, moved = [], {}
        for kind in KINDS:
            bindings = self.env[f"ocs.{kind}.binding"].with_context(**QUIET)
            found = bindings.search([("odoo_id", "in", (destination | others).ids)])
            for same_ocs in found.grouped("backend_id").values():
                kept, *rest = same_ocs.sorted(self._recency_key, reverse=True)
                if kept.odoo_id != destination:
                    moved[kept.odoo_id] = kept
                dropped += [
                    self._drop_binding(kind, each, destination) for each in rest
                ]
        self._add_to_undo(dropped=dropped)
        self.env.flush_all()  # frees the place of the dropped bindings
        return moved

    def _recency_key(self, binding):
        """Return a sort key that puts the binding of the current machine last."""
        if binding._name == "ocs.computer.binding":
            seen = binding.last_inventory or datetime.min
            return not binding.removed_since, seen, binding.external_id
        seen = binding.sync_date or datetime.min
        has_serial = not is_blacklisted_serial(binding.ocs_serial)
        return has_serial, bool(binding.computer_id), seen, binding.id

    def _drop_binding(self, kind, binding, destination):
        """Replace a binding with an alias.

        :return: dict that undoes it
        """
        backend, external_id = binding.backend_id, binding.external_id
        values = self._binding_values(binding)
        name, is_removed = binding.name, kind == "computer" and binding.removed_since
        binding.unlink()
        alias = self.env["ocs.asset.alias"].create(
            {
                "backend_id": backend.id,
                "kind": kind,
                "external_id": str(external_id),
                "device_id": values.get("device_id"),
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

    def _mark_as_imported(self, destination, bindings, names):
        """Keep values imported by another binding from counting as user edits.

        :param bindings: bindings that moved to the destination
        :param names: set of the destination's fields that hold imported values
        """
        former = []
        if destination.serial_no not in self._dropped_serials(destination):
            names = names - {"serial_no"}  # that of the other asset, or of a user
        for binding in bindings:
            values = binding.last_imported_values or {}
            former.append([binding._name, binding.id, values])
            current = {name: destination._ocs_current(name)[0] for name in names}
            binding.last_imported_values = {**values, **current}
            binding._update_has_locked_fields()
        self._add_to_undo(imported_values=former)

    def _restore_imported_values(self):
        for model, binding_id, values in self.undo.get("imported_values", []):
            binding = self.env[model].browse(binding_id).exists()
            binding.write({"last_imported_values": values})

    def _binding_values(self, binding):
        """Return the values of a binding that are its own.

        :return: dict for ``create``
        """
        return {
            name: self._to_json(binding, name)
            for name, field in binding._fields.items()
            if self._is_own_value(field) and not field.inherited
        }

    def _restore_bindings(self):
        """Recreate the dropped bindings.

        :return: sentences about what could not be restored
        """
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
                if alias:  # its key may contain a new ID of the computer
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
                        "“%(name)s” was not linked to ID %(id)s in OCS again because "
                        "another asset now has that ID.",
                        name=asset.name,
                        id=values["external_id"],
                    )
                )
                continue
            bindings.create(values)
        return lost

    def _restore_id(self, alias, backend, external_id):
        """Give an ID back if the kept asset has been rebound to it.

        :param external_id: int, hardware.ID
        """
        self.env["ocs.import.issue"]._clear(backend, external_id)
        if alias and alias.external_id != str(external_id):
            binding = self.env["ocs.computer.binding"]._find(backend, external_id)
            former = int(alias.external_id)
            binding.external_id = former
            binding._request_import("merged")
            self.env.flush_all()

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
