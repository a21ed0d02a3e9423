# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from operator import attrgetter

from odoo.tools import groupby

from odoo.addons.component.core import Component


class OcsComputersImporter(Component):
    """Makes the assets of computers that were read what OCS says.

    One computer, or several that have nothing to do with each other: new records of
    one kind are then created at once, which is what takes most of the time.
    """

    _name = "ocs.computers.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.computer.binding"
    _usage = "records.importer"

    def run(self, importers):
        """Import what is to be imported.

        :param importers: list of ``ocs.computer.importer`` that have begun, and decided
            to import
        """
        with self.retry_duplicates():
            for importer in importers:
                importer._before_import()
            self._save(importers)
            self._import_monitors(importers)
            surplus = self._import_children(importers)
            for importer in importers:
                importer._after_import(set(surplus))
            for model, records in groupby(surplus, attrgetter("_name")):
                self.env[model].concat(*records).unlink()

    def _save(self, importers):
        new = [importer for importer in importers if not importer.binding]
        for importer in importers:
            if importer.binding:
                importer.update()
        if new:
            values = [(importer.external_id, importer.values) for importer in new]
            bindings = new[0].create_many(values)
            for importer, binding in zip(new, bindings, strict=True):
                importer.binding, importer.is_new = binding, True

    def _import_monitors(self, importers):
        put_off = len(importers) > 1
        found = [importer.import_monitors(put_off) for importer in importers]
        found = [each for each in found if each]
        if put_off and found:
            found[0].create_deferred(found)

    def _import_children(self, importers):
        """:return: list of records to delete in the end"""
        pairs = [(importer.binding, importer.computer) for importer in importers]
        surplus = []
        for children in self._in_sequence("children.importer"):
            warnings = children.run_many(pairs)
            for importer, sentences in zip(importers, warnings, strict=True):
                importer.warnings += sentences
            surplus += children.surplus
        return surplus
