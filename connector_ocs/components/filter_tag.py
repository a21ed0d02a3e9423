# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib import tags
from .filter_base import SkipReason


class OcsTagFilter(Component):
    """Filter that skips computers excluded by TAG."""

    _name = "ocs.tag.filter"
    _inherit = "ocs.import.filter"
    _sequence = 10

    def check(self, computer_import):
        """Check accountinfo.TAG; a computer without a row there has the TAG ''."""
        backend = self.backend_record
        if not (backend.tag_include or backend.tag_exclude):
            return None
        tag = computer_import.computer.get("accountinfo", {}).get("TAG")
        if tag is None:
            is_known = computer_import.binding
            return None if is_known else self._skip(self._unreadable())
        line = tags.find(tag, backend.tag_exclude)
        if line:
            return self._skip(self._excluded(tag, line))
        if tags.patterns(backend.tag_include):
            if not tags.find(tag, backend.tag_include):
                return self._skip(self._not_included(tag))
        return None

    def _skip(self, message):
        return SkipReason("tag", message)

    def _unreadable(self):
        """Explain why a new computer is skipped: it may be one to exclude."""
        return self.env._(
            "The TAG of this computer cannot be read, and %s imports computers by TAG. "
            "See the warning on the backend.",
            self.backend_record.name,
        )

    def _excluded(self, tag, line):
        return self.env._(
            "Its TAG “%(tag)s” matches the line “%(line)s” of “Exclude These TAGs”. "
            "Give the computer another TAG in OCS, or change the list on %(backend)s.",
            tag=tag,
            line=line,
            backend=self.backend_record.name,
        )

    def _not_included(self, tag):
        return self.env._(
            "Its TAG “%(tag)s” is not on the list “Import Only These TAGs”. Give "
            "the computer another TAG in OCS, or change the list on %(backend)s.",
            tag=tag,
            backend=self.backend_record.name,
        )
