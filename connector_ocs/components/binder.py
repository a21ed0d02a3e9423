# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields

from odoo.addons.component.core import Component


class OcsBinder(Component):
    """Binder of external IDs to assets.

    The external ID is hardware.ID for a computer. For a monitor it is the key made by
    the monitor mapper, because OCS gives its rows new IDs at every inventory.
    """

    _name = "ocs.binder"
    _inherit = ["base.binder", "ocs.base"]
    _apply_on = ["ocs.computer.binding", "ocs.monitor.binding"]

    def to_internal(self, external_id, unwrap=False):
        if not external_id:  # would find the records without external ID
            return self.model.browse()[self._odoo_field] if unwrap else self.model
        # in one query, and not in the default order of the model
        bindings = self.model.with_context(active_test=False).search_fetch(
            [
                (self._external_field, "=", external_id),
                (self._backend_field, "=", self.backend_record.id),
            ],
            order="id",
        )
        if bindings:
            bindings.ensure_one()
        binding = bindings.with_env(self.env)
        return binding[self._odoo_field] if unwrap else binding

    def to_internal_many(self, external_ids):
        """Return the bindings of several external IDs.

        :return: dict {external ID: binding}, without IDs that have none
        """
        bindings = self.model.with_context(active_test=False).search(
            [
                (self._external_field, "in", external_ids),
                (self._backend_field, "=", self.backend_record.id),
            ]
        )
        return {
            each[self._external_field]: each for each in bindings.with_env(self.env)
        }

    def stamp(self):
        """Return the values that ``bind`` would write, to be written with others.

        :return: dict of the binding's fields
        """
        return {self._sync_date_field: fields.Datetime.now()}
