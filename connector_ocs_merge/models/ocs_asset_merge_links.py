# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from .ocs_undo_mixin import QUIET

ASSET = "maintenance.equipment"


class OcsAssetMergeLinks(models.AbstractModel):
    """Move of the records of any addon that refer to a merged asset."""

    _name = "ocs.asset.merge.links"
    _inherit = "ocs.asset.merge.summary"
    _description = "Links to Merged Assets (abstract)"

    @api.model
    def _links(self):
        """Iterate over the fields that refer to assets.

        :return: iterator of pairs (empty recordset, field)
        """
        skip = {"ir.model.data", "ocs.asset.merge"}
        skip |= self.env[ASSET]._ocs_imported_models()
        for name in self.env.registry:
            model = self.env[name]
            if name in skip or model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if self._is_link(model, field):
                    yield model.with_context(**QUIET), field

    @api.model
    def _is_link(self, model, field):
        is_derived = field.related or (field.compute and field.readonly)
        if not field.store or field.company_dependent or is_derived:
            return False
        if field.type == "many2one_reference":
            return model._fields[field.model_field].store
        is_to_asset = getattr(field, "comodel_name", None) == ASSET
        return field.type == "reference" or (
            field.type in ("many2one", "many2many") and is_to_asset
        )

    @api.model
    def _referring(self, model, field, asset):
        """Return the records whose field refers to an asset."""
        value = self._reference(field, asset)
        operator = "in" if field.type == "many2many" else "="
        domain = [(field.name, operator, value)]
        if field.type == "many2one_reference":
            domain.append((field.model_field, "=", ASSET))
        return model.search(domain, order="id")

    @api.model
    def _reference(self, field, asset):
        return f"{ASSET},{asset.id}" if field.type == "reference" else asset.id

    def _move_links(self, destination, others):
        moved = []
        for model, field in self._links():
            for other in others:
                records = self._referring(model, field, other)
                records = self._movable(records, field, destination, others)
                if records:
                    moved.append(self._move_link(records, field, other, destination))
        self._add_to_undo(moved=moved)
        self.env.flush_all()
        self.env.invalidate_all()  # values computed from the moved records

    def _movable(self, records, field, destination, others):
        """Return the records that can move.

        The assets themselves stay, and so do records of which an asset can have only
        one, if the destination has it.
        """
        if records._name == ASSET:
            return records - destination - others
        if records._name == "mail.followers":
            followers = destination.message_follower_ids.partner_id
            return records.filtered(lambda each: each.partner_id not in followers)
        if field.name == "monitor_id" and destination.connection_ids.filtered(
            self._is_open
        ):
            return records.filtered(lambda each: not self._is_open(each))
        return records

    def _is_open(self, connection):
        """Return whether the monitor is still plugged in, on one computer at a time."""
        return not connection.date_to

    def _move_link(self, records, field, source, target):
        """Make records refer to another asset.

        :return: dict that undoes it
        """
        link = {
            "model": records._name,
            "field": field.name,
            "from": source.id,
            "ids": records.ids,
        }
        if field.type != "many2many":
            records.write({field.name: self._reference(field, target)})
            return link
        linked = records.filtered(lambda record: target in record[field.name])
        # records that referred to both assets do so again after an undo
        link["both"] = linked.ids
        commands = [fields.Command.unlink(source.id), fields.Command.link(target.id)]
        records.write({field.name: commands})
        return link

    def _move_links_back(self, destination):
        """Make the moved records refer to their former assets again.

        :return: sentences about what could not be restored
        """
        lost = []
        for link in self.undo.get("moved", []):
            other = self.env[ASSET].browse(link["from"]).exists()
            field = self._field(link)
            if not other or field is None:
                continue
            model = self.env[link["model"]].with_context(**QUIET)
            records = model.browse(link["ids"]).exists()
            records &= self._referring(model, field, destination)
            self._move_link_back(records, field, link, destination, other)
            if len(records) < len(link["ids"]):
                lost.append(
                    self.env._(
                        "Deleted or moved again later: %s.",
                        self._describe_moved(
                            link["model"],
                            link["field"],
                            len(link["ids"]) - len(records),
                        ),
                    )
                )
        return lost

    def _move_link_back(self, records, field, link, destination, other):
        if field.type != "many2many":
            if records:
                records.write({field.name: self._reference(field, other)})
            return
        records.write({field.name: [fields.Command.link(other.id)]})
        alone = records.filtered(lambda record: record.id not in link["both"])
        alone.write({field.name: [fields.Command.unlink(destination.id)]})

    def _field(self, link):
        """Return the field of a link, or None if its addon was uninstalled."""
        if link["model"] not in self.env:
            return None
        return self.env[link["model"]]._fields.get(link["field"])
