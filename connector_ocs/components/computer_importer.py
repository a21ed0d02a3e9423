# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from operator import attrgetter

from odoo.fields import Datetime
from odoo.tools import groupby

from odoo.addons.component.core import Component
from odoo.addons.connector.exception import IDMissingInBackend
from odoo.addons.queue_job.exception import RetryableJobError

from ..lib.computer_import import ComputerImport, look_up_together
from ..lib.run_lines import Result
from ..lib.values import local_to_utc

#: Seconds until a job checks again whether the computer is unlocked.
LOCK_RETRY = 2


class OcsComputerImporter(Component):
    """Importer of computers to their assets, one or several unrelated ones.

    Each step takes the imports, see ``lib/computer_import.py``, and adds to them. It is
    made for all of them before the next one, since creating records one by one takes
    most of the time.
    """

    _name = "ocs.computer.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.computer.binding"

    def run(self, external_id, force=False):
        """Import one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value, even if nothing changed in OCS
        :return: sentence for the job's result
        :raises RetryableJobError: another job is importing the same computer
        """
        self.lock(external_id)
        if self._is_left_over(external_id):
            self._settle([Result(external_id, "rebound")])
            return self.env._("This computer has been imported under another ID.")
        try:
            computer = self.backend_adapter.read(external_id)
        except IDMissingInBackend as error:
            binding = self.binder.to_internal(external_id)
            self._settle([self._deleter.handle_missing(external_id, binding)])
            return str(error)
        (computer_import,) = self.start({external_id: computer}, force)
        self.import_together([computer_import])
        self._settle([computer_import.line])
        return computer_import.result

    def start(self, computers, force=False):
        """Start the imports of computers that were read.

        :param computers: dict {hardware.ID: nested dict}, see ``ocs.computer.adapter``
        :param force: as for ``run``
        :return: list of :class:`.lib.computer_import.ComputerImport`
        """
        ids, backend = list(computers), self.backend_record
        bindings = self.binder.to_internal_many(ids)
        issues = self._issues.search(
            [("backend_id", "=", backend.id), ("external_id", "in", ids)]
        ).grouped("external_id")
        imports = [
            ComputerImport(
                backend,
                external_id,
                computer,
                bindings.get(external_id, self.model),
                issues.get(external_id, self._issues),
                force,
            )
            for external_id, computer in computers.items()
        ]
        look_up_together(imports)
        return imports

    def import_together(self, imports):
        """Import computers that are not related to each other.

        :param imports: list of :class:`.lib.computer_import.ComputerImport`, see
            ``start``; each has a sentence as its ``result`` then
        """
        with self.retry_duplicates():
            imports = self._match(self._filter(imports))
            self._map(imports)
            self._save(imports)
            self._import_children(imports)
            self._report(imports)
            self._remember(imports)
            self._delete_obsolete(imports)

    def skip_reason(self, computer_import):
        """Return the first reason not to import a computer, without writing anything.

        :return: :class:`.filter_base.SkipReason` or None
        """
        for import_filter in self._in_sequence("import.filter"):
            skip_reason = import_filter.check(computer_import)
            if skip_reason:
                return skip_reason
        return None

    # Read

    def lock(self, external_id):
        """Lock the computer, so that only one job at a time imports it.

        :raises RetryableJobError: another job is importing it
        """
        if not self.model._lock(self.backend_record, [external_id]):
            raise RetryableJobError(
                self.env._(
                    "Another job is importing this computer. Try again in a few "
                    "seconds."
                ),
                seconds=LOCK_RETRY,
                ignore_retry=True,
            )

    def _is_left_over(self, external_id):
        """Return whether a job waited with a released ID that its asset no longer has.

        See ``ocs.computer.binding._release_id``.
        """
        return external_id < 0 and not self.binder.to_internal(external_id)

    # Filter

    def _filter(self, imports):
        """Return the imports that change something, and handle the others."""
        remaining = []
        for each in imports:
            skip_reason = self.skip_reason(each)
            if skip_reason:
                self._skip(each, skip_reason)
            elif each.is_unchanged:
                self._refresh(each)
            else:
                remaining.append(each)
        return remaining

    def _skip(self, computer_import, skip_reason):
        """List the computer as not imported, and leave its asset unchanged."""
        computer_import.skip_reason = skip_reason
        binding, issue = computer_import.binding, computer_import.issue
        is_found_by_run = issue.reason == skip_reason.reason and issue.run_id
        if skip_reason.reason == "archived" and is_found_by_run:
            why = self.env._("This computer is archived in OCS.")
            self._deleter.run(binding, why)
        binding.filtered("removed_since").write({"removed_since": False})
        issue = self._issues._skip(
            self.backend_record,
            computer_import.external_id,
            computer_import.computer,
            skip_reason,
        )
        computer_import.outcome, computer_import.skip_reason = "skipped", skip_reason
        label = issue._describe_reason()
        computer_import.result = self.env._("Not imported: %s.", label)

    def _refresh(self, computer_import):
        """Update the date of the inventory, the only difference."""
        binding, computer = computer_import.binding, computer_import.computer
        known, zone = binding.last_inventory, self.backend_record.tz
        date = local_to_utc(computer["hardware"]["LASTDATE"], zone, known) or False
        if known != date:
            binding.last_inventory = date
        self._resolve(computer_import)
        computer_import.result = self.env._("“%s” is unchanged.", binding.name)

    # Match

    def _match(self, imports):
        """Find the assets of new computers, without those that a user decides on."""
        matcher = self.component(usage="asset.matcher")
        remaining = []
        for each in imports:
            if not each.binding:
                each.match = matcher.find(each)
            if each.match and each.match.skip_reason:
                self._skip(each, each.match.skip_reason)
            else:
                remaining.append(each)
        return remaining

    # Map

    def _map(self, imports):
        """Set the new values of the bindings, and what assets are like before."""
        sources = self._in_sequence("value.source")
        for each in imports:
            linked = each.match and each.match.asset
            each.before = self._reporter.snapshot(each.binding, linked)
            each.warnings += self.mapper.problems(each.computer)
            if linked:
                each.binding = self.component(usage="asset.linker").run(each)
            each.values = self._mapped(each)
            for source in sources:
                each.values.update(source.values(each))
            self._resolve_serial(each, each.binding, each.values)
            if not each.binding:
                each.values.update(self.model._matched(each.match.reason))
                each.values.update(self.model._answered(each.computer["digests"]))

    def _mapped(self, computer_import):
        binding, computer = computer_import.binding, computer_import.computer
        values = self.mapper.map_record(computer).values(
            for_create=not binding,
            fields=set(computer),
            last_inventory=binding.last_inventory,
        )
        if not binding.first_inventory:
            values["first_inventory"] = values["last_inventory"] or Datetime.now()
        return values

    def _is_shared_serial(self, computer_import, serial):
        return self._serial_resolver.is_reserved(computer_import)

    def _release_serial(self, computer_import, serial, owner):
        return self._serial_resolver.release(computer_import, serial, owner)

    # Save

    def _save(self, imports):
        """Write the values that differ, and create the assets of new computers."""
        new = [each for each in imports if not each.binding]
        for each in imports:
            if each.binding:
                each.is_changed |= self._update(each.binding, each.values)
        bindings = self.create_many([(each.external_id, each.values) for each in new])
        for each, binding in zip(new, bindings, strict=True):
            each.binding, each.is_new = binding, True

    def _import_children(self, imports):
        """Import the monitors, and then the other records of the assets."""
        monitors = self.component(
            usage="record.importer", model_name="ocs.monitor.binding"
        )
        for importer in (monitors, *self._in_sequence("children.importer")):
            importer.run(imports)

    # Report and remember

    def _report(self, imports):
        """Tell in the chatter, and alert the users, what has changed."""
        for each in imports:
            each.is_changed |= self._reporter.report(
                each.binding, each.before, each.obsolete
            )

    def _remember(self, imports):
        """Record what was imported, and resolve former issues."""
        for each in imports:
            each.note_outcome()
            values = {
                **each.binding._answered(each.computer["digests"]),
                "is_conflicting": each.is_conflicting,
                # without repetitions: two monitors may have the same name
                "warnings": "\n".join(dict.fromkeys(each.warnings)) or False,
            }
            self._update(each.binding, values)
            self._resolve(each)
            each.is_imported = True
            each.result = self.env._("“%s” was imported.", each.binding.name)

    def _resolve(self, computer_import):
        """Undo what was done while the computer was removed, or not imported."""
        self._deleter.restore(computer_import.binding)
        computer_import.issue.exists().unlink()

    def _delete_obsolete(self, imports):
        obsolete = [record for each in imports for record in each.obsolete]
        for model, records in groupby(obsolete, attrgetter("_name")):
            self.env[model].concat(*records).unlink()

    @property
    def _reporter(self):
        return self.component(usage="change.reporter")

    @property
    def _deleter(self):
        return self.component(usage="record.deleter")

    @property
    def _serial_resolver(self):
        return self.component(usage="serial.resolver")

    @property
    def _settle(self):
        return self.env["ocs.import.run.line"]._settle

    @property
    def _issues(self):
        return self.env["ocs.import.issue"]
