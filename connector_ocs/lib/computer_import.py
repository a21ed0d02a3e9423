# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What is known about the import of one computer while it goes on."""

from functools import cached_property

from .fingerprints import changed_sections
from .monitors import monitor_values
from .run_lines import Result


class ComputerImport:
    """Import of one computer: what was read, and what each step adds to it."""

    def __init__(self, backend, external_id, computer, binding, issue, force=False):
        """
        :param backend: ocs.backend
        :param external_id: int, hardware.ID
        :param computer: nested dict, see ``ocs.computer.adapter``
        :param binding: its binding, empty if it has none
        :param issue: its ocs.import.issue, empty if it has none
        :param force: whether to compare every value, even if nothing changed in OCS
        """
        self.backend = backend
        self.external_id = external_id
        #: nested dict, with its hardware.ID under "external_id"
        self.computer = dict(computer, external_id=external_id)
        self.binding = binding
        self.issue = issue
        self.force = force
        #: ``AssetMatch`` of a computer without binding, see ``match_asset.py``
        self.match = None
        #: snapshot of the asset before the import, see ``ocs.change.reporter``
        self.before = None
        #: dict of the binding's new values
        self.values = {}
        #: whether the asset was created by this import
        self.is_new = False
        #: whether the asset was compared with OCS, or created
        self.is_imported = False
        #: sentences for the technician: OCS values that were not imported unchanged
        self.warnings = []
        #: whether another asset has a value that OCS reports for this one
        self.is_conflicting = False
        #: records to delete at the end, as a deletion clears the whole cache
        self.obsolete = []
        #: sentence for the job's result, and key of ``outcome`` of ocs.import.run.line
        self.result, self.outcome = "", "unchanged"
        #: whether the import changed the asset
        self.is_changed = False
        #: :class:`odoo.addons.connector_ocs.components.filter_base.SkipReason`
        self.skip_reason = None
        self.look_up_alone()

    @property
    def name(self):
        """hardware.NAME"""
        return self.computer["hardware"]["NAME"]

    @property
    def serial(self):
        """bios.SSN, None if the section is not imported"""
        return self.computer.get("bios", {}).get("SSN")

    @cached_property
    def monitors(self):
        """List of descriptions, see ``lib/monitors.py``"""
        return monitor_values(self.computer.get("monitors", ()))

    @property
    def has_monitors(self):
        """Whether the section of monitors is imported"""
        return "monitors" in self.computer

    @cached_property
    def blacklist(self):
        """:class:`.identity.Blacklist` with the placeholders

        The import itself may find out that a value is shared, so ask the backend which
        values are.
        """
        return self.backend._blacklist()

    @cached_property
    def identity(self):
        """Dict {field of a binding: value}, see ``lib/identity.py``"""
        return self.blacklist.identity(self.computer)

    @cached_property
    def normal_forms(self):
        """Dict {field of a binding: frozenset}, without placeholders"""
        return self.blacklist.all_normal_forms(self.identity)

    @property
    def is_unchanged(self):
        """Whether an import would leave the asset as it is

        It would not if other assets may have taken something from it while its
        computer was removed.
        """
        known = self.binding
        if self.force or known.removal_action or known.import_request:
            return False
        return not changed_sections(known.digests, self.computer["digests"])

    def note_outcome(self):
        """Note what became of the computer, before its digests are stored.

        Sections that the steps do not compare have changed if their digest has.
        """
        if self.is_new:
            self.outcome = "new"
        elif self.match:
            self.outcome = "linked"
        else:
            known, found = self.binding.digests or {}, self.computer["digests"]
            is_same = all(known.get(table) == found[table] for table in found)
            is_changed = self.is_changed or not is_same
            self.outcome = "changed" if is_changed else "unchanged"

    @property
    def line(self):
        """What becomes of it in its run, as :class:`.run_lines.Result`"""
        reason, message = self.skip_reason and self.skip_reason[:2] or (None, None)
        binding_id = self.binding.id or None
        return Result(self.external_id, self.outcome, reason, message, binding_id)

    def look_up(self, key, search):
        """Return what a search finds for this computer.

        It is made once, for all computers that are looked up together.

        :param key: name of the search
        :param search: function of a list of imports that returns a list with what it
            found for each
        """
        if key not in self._found:
            results = search(self._together)
            for each, found in zip(self._together, results, strict=True):
                each._found[key] = found
        return self._found[key]

    def look_up_alone(self):
        """Search anew, as the import of another computer may have changed a result."""
        look_up_together([self])


def look_up_together(imports):
    """Have searches made for several imports at once.

    :param imports: list of :class:`ComputerImport`
    """
    for each in imports:
        each._together, each._found = imports, {}
