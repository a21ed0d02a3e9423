# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict
from datetime import datetime

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import errors, fingerprints
from ..lib.aggregation import parse_capacity
from ..lib.sections import among
from ..lib.values import clean_text

#: Rows of a computer above which it is read by itself: a page would take much memory.
LARGE = 2000


class OcsSectionAdapter(AbstractComponent):
    """Reads the tables of OCS that make up a computer, and their digests."""

    _name = "ocs.section.adapter"
    _inherit = "ocs.adapter"

    #: :class:`odoo.addons.connector_ocs.lib.sections.Section`, hardware first
    _base_sections = ()

    #: {table: columns} that another addon wants to map
    _extra_columns = {}

    #: hardware.ARCHIVE is there (from schema 7034 on)
    _has_archive = True
    #: memories.CAPACITY holds the agent's own text (before schema 7050)
    _capacity_is_text = False

    @property
    def _sections(self):
        """Tables and columns to read, the table hardware first.

        Those that the backend imports, as far as OCS has them. A section of many rows
        that lacks a column is left out: its rows could not be told apart any more.
        """
        return self._as_found(self._chosen_sections())

    def _all_sections(self):
        """Tables and columns that can be imported, as far as OCS has them."""
        return self._as_found(self._complete_sections())

    def _as_found(self, sections):
        problems = self.backend_record.section_problems or {}
        return [
            self._without(section, problems.get(section.table, {}))
            for section in sections
            if not (section.many and problems.get(section.table, {}).get("missing"))
        ]

    def _chosen_sections(self):
        tables = self.backend_record._imported_tables()
        return [each for each in self._complete_sections() if each.table in tables]

    def _complete_sections(self):
        return [
            section._replace(columns=(*section.columns, *self._more_columns(section)))
            for section in self._base_sections
        ]

    def _more_columns(self, section):
        columns = self._extra_columns.get(section.table, ())
        if section.has_columns_of_people:
            columns = (*columns, *self.backend_record._account_columns())
        if self._has_archive and section.table == "hardware":
            return (*columns, "ARCHIVE")
        return columns

    def _without(self, section, problem):
        """A section without what OCS cannot give.

        :param problem: dict as :meth:`find_problems` gives for each table
        """
        missing = problem.get("missing", ())
        return section._replace(
            columns=tuple(each for each in section.columns if each not in missing),
            lookups=() if missing else section.lookups,  # they may start from one
            digested_by_ocs=not problem.get("digest"),
        )

    def find_problems(self):
        """What OCS cannot give of the sections that the backend imports.

        :return: dict {table: {"missing": list of columns, "digest": why OCS cannot
            compute it, "unreadable": why a section that is optional cannot be read at
            all}}, without the tables that are as they should be
        :raises OcsConfigurationError: names the missing table or right, or the column
            of hardware: nothing can be read without it
        """
        found = {each.table: self._problem(each) for each in self._chosen_sections()}
        return {table: problem for table, problem in found.items() if problem}

    def _problem(self, section):
        try:
            self._query(section.digests_query("1 = 0"))
            if section.lookups:  # they may need other tables
                self._query(section.rows_query("1 = 0"))
        except OcsConfigurationError as error:
            missing = self._missing_columns(section, error)
            if missing:
                problem = {"missing": missing}
                return problem | self._problem(self._without(section, problem))
            if (
                errors.message_key(error.code) in errors.ABOUT_TABLE
                and section.optional
            ):
                return {"missing": list(section.columns), "unreadable": str(error)}
            if errors.message_key(error.code) != "unknown":
                raise
            return {"digest": str(error)}
        return {}

    def _missing_columns(self, section, error):
        if error.code != errors.NO_COLUMN or section.table == "hardware":
            return []
        columns = self._query(f"SHOW COLUMNS FROM {section.ocs_table}")
        there = {column["Field"] for column in columns}
        return [column for column in section.columns if column not in there]

    def _read_section(self, section, ids, columns=None):
        """Rows of some computers, in the order of OCS.

        :param ids: ascending list of int (hardware.ID), not empty
        :param columns: names, all of the section without it
        :return: triples of hardware.ID, row and digest of the whole row
        """
        where, parameters = among(section.key, ids)
        if not section.digested_by_ocs:
            columns = None
        for row in self._query(section.rows_query(where, columns), parameters):
            external_id = row.pop("OWNER")
            digest = row.pop("DIGEST", None) or fingerprints.row_digest(
                row[column] for column in section.compared_columns
            )
            yield external_id, self._clean_row(row), digest

    def find_large(self, ids, limit=LARGE):
        """Computers that have more rows than are to be read along with others.

        :param ids: ascending list of int (hardware.ID)
        :param limit: int, rows of all sections together
        :return: set of int
        """
        many = [section for section in self._sections if section.many]
        if not ids or not many:
            return set()
        queries, parameters = [], []
        for section in many:
            where, values = among(section.key, ids)
            queries.append(
                f"SELECT {section.key} AS OWNER FROM {section.ocs_table} WHERE {where}"
            )
            parameters += values
        rows = self._query(
            f"SELECT OWNER FROM ({' UNION ALL '.join(queries)}) AS section"
            " GROUP BY OWNER HAVING COUNT(*) > %s",
            (*parameters, limit),
        )
        return {row["OWNER"] for row in rows}.intersection(ids)

    def _clean_row(self, row):
        row = {
            column: value if isinstance(value, int | datetime) else clean_text(value)
            for column, value in row.items()
        }
        if "CAPACITY" in row:
            row["CAPACITY"] = self._capacity(row["CAPACITY"])
        return row

    def _capacity(self, value):
        return parse_capacity(value) if self._capacity_is_text else value or 0

    def _digests(self, section, ids):
        """:return: dict {hardware.ID: digest} of the computers that have rows"""
        if not section.digested_by_ocs:
            return self._digests_of_rows(section, self._read_section(section, ids))
        where, parameters = among(section.key, ids)
        rows = self._query(section.digests_query(where), parameters)
        return {row["OWNER"]: row["DIGEST"] for row in rows}

    def _digests_of_rows(self, section, rows):
        """:return: the same, of rows that were read"""
        found = defaultdict(list)
        for external_id, _row, digest in rows:
            found[external_id].append(digest)
        return {
            external_id: fingerprints.section_digest(
                digests if section.ordered else sorted(digests)
            )
            for external_id, digests in found.items()
        }
