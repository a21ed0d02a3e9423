# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from functools import cached_property

from psycopg2 import errors

from odoo.addons.component.core import AbstractComponent
from odoo.addons.queue_job.exception import RetryableJobError


class OcsImporter(AbstractComponent):
    """Importer that creates and updates bindings, and writes only what differs."""

    _name = "ocs.importer"
    _inherit = ["base.importer", "ocs.base"]
    _usage = "record.importer"

    @cached_property
    def ownership(self):
        """Component ``ocs.ownership``."""
        return self.component(usage="ownership")

    def create_many(self, new, **context):
        """Create bindings, and the assets with them.

        :param new: list of pairs of external ID and dict of the binding's fields
        :param context: context keys that apply to all of them
        :return: bindings, in that order
        """
        if not new:
            return self.model
        vals_list = [
            {
                **self.ownership.filter_values(self.model, values),
                **self.binder.stamp(),
                "external_id": external_id,
            }
            for external_id, values in new
        ]
        model = self._quiet(self.model).with_context(**context)
        return model.create(vals_list)

    def _update(self, binding, values):
        """Write the values that differ, except fields that OCS does not own.

        :return: bool, whether there are any
        """
        values = self.ownership.filter_values(binding, values)
        differences = self._differences(self._quiet(binding), values)
        if differences:
            self._write(self._quiet(binding), {**differences, **self.binder.stamp()})
            self._drop_translations(binding, differences)
        return bool(differences)

    def _write(self, binding, values):
        """Write the fields of the asset and of the binding separately.

        Odoo would search the bindings of the asset on each write through the binding.
        """
        own = {
            name: value
            for name, value in values.items()
            if not binding._fields[name].inherited
        }
        of_asset = {name: values[name] for name in values if name not in own}
        # the binding first: its last imported values are compared with the asset's
        binding.write(own)
        if of_asset:
            binding.odoo_id.write(of_asset)

    def _drop_translations(self, binding, values):
        """Use the name from OCS in every language."""
        if "name" in values:
            binding.odoo_id._ocs_drop_translations("name")

    def _differences(self, binding, values):
        def in_cache(name, value):
            return binding._fields[name].convert_to_cache(value, binding)

        def current(name):
            # read from its owner, as in _write
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
        """Return records on which an import logs no message and adds no follower.

        The language is unset since values from OCS are not translated, and exports are
        disabled since the values come from there.
        """
        return records.with_context(
            lang=None,
            connector_no_export=True,
            tracking_disable=True,
            ocs_imported_from=self.backend_record.id,
        )

    def _resolve_serial(self, computer_import, binding, values):
        """Set the asset's serial number to the one from OCS if it identifies the asset.

        ``serial_no`` is unique in Odoo: a placeholder, or a number that another asset
        has, is only stored on the binding as ``ocs_serial``. A number that a user
        entered on the asset is kept (see ``ocs.ownership``), and needs no warning.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :param binding: binding of the computer or a monitor of it, empty if it is to be
            created
        :param values: dict with ocs_serial, if it was read; serial_no is added
        """
        if "ocs_serial" not in values:  # the section is not imported
            return
        serial = values["ocs_serial"]
        if self.ownership.is_protected(binding, "serial_no"):
            is_usable = not computer_import.blacklist.has_serial(serial)
        else:
            is_usable = serial and self._is_usable(computer_import, binding, serial)
        values["serial_no"] = serial if is_usable else False

    def _is_usable(self, computer_import, binding, serial):
        """Return whether a serial number identifies an asset; warn if it does not."""
        problem = self._problem_of_serial(computer_import, serial)
        if problem:
            computer_import.warnings.append(problem)
            return False
        if binding.serial_no == serial:  # it is unique
            return True
        owner = self._serial_owner(computer_import, serial) - binding.odoo_id
        if not owner or self._release_serial(computer_import, serial, owner):
            return True
        computer_import.is_conflicting = True
        computer_import.warnings.append(self._describe_conflict(serial, owner))
        return False

    def _problem_of_serial(self, computer_import, serial):
        """Return why a serial number identifies no asset: sentence, '' if it does."""
        if computer_import.blacklist.has_serial(serial):
            return self.env._(
                "The serial number “%s” is a placeholder shared by many machines. "
                "It is not used as the asset's serial number.",
                serial,
            )
        if self._is_shared_serial(computer_import, serial):
            return self.env._(
                "Several computers in OCS report the serial number “%s”. It is not "
                "used as the asset's serial number.",
                serial,
            )
        return ""

    def _is_shared_serial(self, computer_import, serial):
        """Return whether the serial number is reserved for another machine, or none.

        Hook: a run finds that out before it imports anything.
        """
        return False

    def _release_serial(self, computer_import, serial, owner):
        """Take a serial number from the asset that has it, if it may no longer use it.

        Hook.

        :return: bool, False if the asset keeps the number
        """
        return False

    def _serial_owner(self, computer_import, serial):
        """Return the asset with a serial number that the computer reports."""
        resolver = self.component(
            usage="serial.resolver", model_name="ocs.computer.binding"
        )
        return resolver.owner(computer_import, serial)

    def _describe_conflict(self, serial, owner):
        if owner.company_id and owner.company_id != self.backend_record.company_id:
            return self.env._(
                "The serial number “%s” already belongs to an asset of another "
                "company. It is not used as the asset's serial number.",
                serial,
            )
        return self.env._(
            "The serial number “%(serial)s” already belongs to the asset “%(name)s” "
            "(ID %(id)s). It is not used as this asset's serial number.",
            serial=serial,
            name=owner.name,
            id=owner.id,
        )

    @contextmanager
    def retry_duplicates(self):
        """Retry the job when another one has just imported the same record.

        :raises RetryableJobError: the binding or the serial number already exists, the
            asset was linked to another computer, or a record that the import refers to
            was deleted; the next try sees it
        """
        constraints = (
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
            if error.diag.constraint_name not in constraints:
                raise
            raise RetryableJobError(
                self.env._("Another job has just imported the same record.")
            ) from error
        except errors.ForeignKeyViolation as error:
            raise RetryableJobError(
                self.env._("A record that the import needs has just been deleted.")
            ) from error
