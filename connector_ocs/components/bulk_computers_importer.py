# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from operator import attrgetter

from odoo.tools import groupby

from odoo.addons.component.core import Component


class OcsComputersImporter(Component):
    """Importer of computers that were read, one or several unrelated ones.

    New records of one kind are created at once, because creating records takes most of
    the time.
    """

    _name = "ocs.computers.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.computer.binding"
    _usage = "records.importer"

    def run(self, importers):
        """Import the computers.

        :param importers: list of ``ocs.computer.importer`` that were started, and that
            decided to import
        """
        with self.retry_duplicates():
            for importer in importers:
                importer._before_import()
            self._save(importers)
            self._import_monitors(importers)
            obsolete = self._import_children(importers)
            for importer in importers:
                importer._after_import(set(obsolete))
            for model, records in groupby(obsolete, attrgetter("_name")):
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
        defer_new = len(importers) > 1
        found = [importer.import_monitors(defer_new) for importer in importers]
        found = [each for each in found if each]
        if defer_new and found:
            found[0].create_deferred(found)

    def _import_children(self, importers):
        """Import the records of the assets.

        :return: list of records to delete at the end
        """
        pairs = [(importer.binding, importer.computer) for importer in importers]
        obsolete = []
        for children in self._in_sequence("children.importer"):
            warnings = children.run_many(pairs)
            for importer, sentences in zip(importers, warnings, strict=True):
                importer.warnings += sentences
            obsolete += children.obsolete
        return obsolete
