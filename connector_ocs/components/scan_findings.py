# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from typing import NamedTuple

from ..lib.run_lines import Line


class Batch(NamedTuple):
    """Some of the computers that a run scans."""

    #: position after which the next batch starts, 0 for a batch outside this order
    last_id: int
    #: list of :class:`odoo.addons.connector_ocs.components.computer_adapter.ScannedRow`
    rows: list
    #: requested IDs that OCS does not have
    missing: tuple = ()


class Findings:
    """What a scan found in a batch of computers.

    :param lists_all: whether computers that are left as they are get a line, too
    """

    def __init__(self, lists_all=False):
        self._lists_all = lists_all
        #: list of :class:`..lib.run_lines.Line`
        self.lines = []
        #: {hardware.ID: hardware.NAME} of the computers to import, maybe in chunks
        self.together = {}
        #: {hardware.ID: hardware.NAME} of those to import in a job of their own
        self.alone = {}
        #: {reason: number} of computers that are left out for the same reason as before
        self.repeated = Counter()
        #: {table: number of computers} in which OCS has changed
        self.sections = Counter()

    def add(self, row, found, sections=(), alone=False):
        """Add a computer to import.

        :param row: :class:`.computer_adapter.ScannedRow`
        :param found: key of ``found`` of ocs.import.run.line
        :param sections: tables in which OCS has changed
        :param alone: whether it gets a job of its own
        """
        self.lines.append(Line(row.external_id, row.name, found))
        self.sections.update(sections)
        imports = self.alone if alone else self.together
        imports[row.external_id] = row.name

    def exclude(self, row):
        """Add a row that the scan has just found not to be imported."""
        self._add_left_out(row, "excluded", row.exclusion)

    def repeat(self, row, reason):
        """Add a computer that is left out for the same reason as before.

        :param reason: key of ``reason`` of ocs.import.issue
        """
        if self._lists_all:
            self._add_left_out(row, "same", reason)
        else:
            self.repeated[reason] += 1

    def keep(self, rows):
        """Add lines of unchanged computers."""
        self.lines += [
            Line(row.external_id, row.name, "same", "unchanged") for row in rows
        ]

    def _add_left_out(self, row, found, reason):
        line = Line(row.external_id, row.name, found, "skipped", reason)
        self.lines.append(line)
