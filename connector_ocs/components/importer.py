# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from functools import cached_property

from psycopg2 import errors

from odoo.addons.component.core import AbstractComponent
from odoo.addons.queue_job.exception import RetryableJobError


class OcsImporter(AbstractComponent):
    """Creates and updates bindings, writing only what differs."""

    _name = "ocs.importer"
    _inherit = ["base.importer", "ocs.base"]
    _usage = "record.importer"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: sentences for the technician: what was not taken as OCS has it
        self.warnings = []
        #: whether another asset has what OCS reports here as well
        self.is_conflicting = False

    @cached_property
    def ownership(self):
        """See ``ocs.ownership``."""
        return self.component(usage="ownership")

    def _create(self, external_id, values):
        """New binding, and the asset with it.

        :param values: dict of the binding's fields
        :return: binding
        """
        return self.create_many([(external_id, values)])

    def create_many(self, new, **context):
        """New bindings, and the assets with them.

        :param new: list of pairs of external id and dict of the binding's fields
        :param context: what else to know about all of them
        :return: bindings, in that order
        """
        settled = [
            {
                **self.ownership.settle(self.model, values),
                **self.binder.stamp(),
                "external_id": external_id,
            }
            for external_id, values in new
        ]
        model = self._quiet(self.model).with_context(**context)
        bindings = model.create(settled)
        for binding, values in zip(bindings, settled, strict=True):
            if "odoo_id" in values:  # of an asset that had a name already
                self._drop_translations(binding, values)
        return bindings

    def _update(self, binding, values):
        """Write the values that differ, but not what belongs to people."""
        values = self.ownership.settle(binding, values)
        differences = self._differences(self._quiet(binding), values)
        if differences:
            self._write(self._quiet(binding), {**differences, **self.binder.stamp()})
            self._drop_translations(binding, differences)

    def _write(self, binding, values):
        """Write to the asset and to the binding what is theirs.

        Through the binding, Odoo would look for the bindings of the asset each time.
        """
        own = {
            name: value
            for name, value in values.items()
            if not binding._fields[name].inherited
        }
        of_asset = {name: values[name] for name in values if name not in own}
        # first: what the asset holds is compared with what the import says it wrote
        binding.write(own)
        if of_asset:
            binding.odoo_id.write(of_asset)

    def _drop_translations(self, binding, values):
        """A name of OCS is the same in every language."""
        if "name" in values:
            binding.odoo_id._ocs_drop_translations("name")

    def _differences(self, binding, values):
        def in_cache(name, value):
            return binding._fields[name].convert_to_cache(value, binding)

        def current(name):
            # as in _write
            is_of_asset = binding._fields[name].inherited
            return binding.odoo_id[name] if is_of_asset else binding[name]

        differences = {
            name: value
            for name, value in values.items()
            if in_cache(name, value) != in_cache(name, current(name))
        }
        if "name" in values and len(binding.odoo_id._ocs_current("name")) > 1:
            differences["name"] = values["name"]
        return differences

    def _quiet(self, records):
        """Records on which an import leaves no message and follows nobody.

        Without language: values come from OCS as they are. They are not to be
        exported to where they come from.
        """
        return records.with_context(
            lang=None,
            connector_no_export=True,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            ocs_imported_from=self.backend_record.id,
        )

    def _settle_serial(self, binding, values):
        """Give the asset the serial number of OCS, if it identifies it.

        ``serial_no`` is unique in Odoo: junk, and a number that another asset
        has, stay on the binding as ``ocs_serial``. A number that a person
        gave to the asset instead is left to it (see ``ocs.ownership``), and needs
        no warning.

        :param binding: binding, empty when it is to be created
        :param values: dict with ocs_serial, if it was read; serial_no is added
        """
        if "ocs_serial" not in values:  # the section is not imported
            return
        serial = values["ocs_serial"]
        if self.ownership.keeps(binding, "serial_no"):
            usable = not self.backend_record._blacklist().has_serial(serial)
        else:
            usable = self._is_usable_serial(serial, binding, values)
        values["serial_no"] = serial if usable else False

    def _is_usable_serial(self, serial, binding, values):
        if not serial:
            return False
        if self.backend_record._blacklist().has_serial(serial):
            self.warnings.append(
                self.env._(
                    "The serial number “%s” is a placeholder that many machines "
                    "share: it is not used as the asset's serial number.",
                    serial,
                )
            )
            return False
        if self._is_shared_serial(serial, binding, values):
            self.is_conflicting = True
            self.warnings.append(
                self.env._(
                    "Several live computers report the serial number “%s”: it is not "
                    "used as the asset's serial number.",
                    serial,
                )
            )
            return False
        if binding.serial_no == serial:  # it is unique
            return True
        owner = self._serial_owner(serial) - binding.odoo_id
        if owner:
            self.is_conflicting = True
            self.warnings.append(self._describe_conflict(serial, owner))
        return not owner

    def _is_shared_serial(self, serial, binding, values):
        """Whether several machines that OCS has now report a serial number."""
        return False

    def _serial_owner(self, serial):
        # sudo: the constraint counts the assets of all companies as well
        equipment = self.env["maintenance.equipment"].sudo()
        found = self.prefetched.get("serial_no", serial)
        if found is not None:
            return equipment.browse(found)
        return equipment.with_context(active_test=False).search(
            [("serial_no", "=", serial)]
        )

    def _describe_conflict(self, serial, owner):
        if owner.company_id and owner.company_id != self.backend_record.company_id:
            return self.env._(
                "The serial number “%s” belongs to an asset of another company "
                "already: it is not used as the asset's serial number.",
                serial,
            )
        return self.env._(
            "The serial number “%(serial)s” belongs to the asset “%(name)s” "
            "(id %(id)s) already: it is not used as the asset's serial number.",
            serial=serial,
            name=owner.name,
            id=owner.id,
        )

    @contextmanager
    def retry_duplicates(self):
        """Retry when another job has just taken the same place.

        :raises RetryableJobError: the binding or the serial number exists by
            now, the asset was linked to another computer, or something that the import
            refers to was deleted; the next try sees it
        """
        places = (
            "ocs_computer_binding_external_id_uniq",
            "ocs_computer_binding_odoo_id_uniq",
            "ocs_monitor_binding_external_id_uniq",
            "ocs_monitor_binding_odoo_id_uniq",
            "maintenance_equipment_serial_no",
            "maintenance_equipment_connection_open_uniq",
        )
        try:
            yield
            self.env.flush_all()
        except errors.UniqueViolation as error:
            if error.diag.constraint_name not in places:
                raise
            raise RetryableJobError(
                self.env._("Another job imported the same thing just now.")
            ) from error
        except errors.ForeignKeyViolation as error:
            raise RetryableJobError(
                self.env._("Something that the import needs was deleted just now.")
            ) from error
