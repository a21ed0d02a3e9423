# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import errors, fingerprints
from ..lib.memory import parse_capacity
from ..lib.sections import ids_condition
from ..lib.values import clean_rows

#: Number of rows above which a computer is read on its own, to save memory.
LARGE_COMPUTER_ROWS = 2000

#: Columns of hardware without which computers are imported all the same.
DISPENSABLE = frozenset({"ARCHIVE"})


class OcsSectionAdapter(AbstractComponent):
    """Adapter that reads the OCS tables that make up a computer, and their digests."""

    _name = "ocs.section.adapter"
    _inherit = "ocs.adapter"

    #: :class:`odoo.addons.connector_ocs.lib.sections.Section`, hardware first
    _base_sections = ()

    #: {table: columns} that other addons map
    _extra_columns = {}

    #: whether the schema has hardware.ARCHIVE (since 7034)
    _schema_has_archive = True
    #: whether memories.CAPACITY holds the agent's text (before schema 7050)
    _capacity_is_text = False

    @property
    def _has_archive(self):
        """Whether hardware.ARCHIVE exists; after half an upgrade, it may not."""
        problem = (self.backend_record.section_problems or {}).get("hardware", {})
        return self._schema_has_archive and "ARCHIVE" not in problem.get("missing", ())

    @property
    def _sections(self):
        """Sections that the backend imports and OCS has, the table hardware first.

        A section of many rows that lacks a column is skipped: its rows could no longer
        be distinguished.
        """
        return self._available(self._imported_sections())

    def _all_sections(self):
        """Return the sections that can be imported and OCS has."""
        return self._available(self._complete_sections())

    def _available(self, sections):
        """Return sections without the tables and columns that OCS lacks."""
        problems = self.backend_record.section_problems or {}
        return [
            self._without(section, problems.get(section.table, {}))
            for section in sections
            if not (section.many and problems.get(section.table, {}).get("missing"))
        ]

    def _imported_sections(self):
        tables = self.backend_record._imported_tables()
        return [each for each in self._complete_sections() if each.table in tables]

    def _complete_sections(self):
        return [
            section._replace(columns=(*section.columns, *self._more_columns(section)))
            for section in self._base_sections
            if section.since <= self.backend_record.schema_number
        ]

    def _more_columns(self, section):
        """Return the columns to read besides those of a section.

        Other addons extend it if they depend on the backend, see ``_extra_columns``.

        :return: iterable of names
        """
        columns = self._extra_columns.get(section.table, ())
        if self._schema_has_archive and section.table == "hardware":
            return (*columns, "ARCHIVE")
        return columns

    def _without(self, section, problem):
        """Return a section without the columns and digests that OCS cannot provide.

        :param problem: dict as :meth:`find_problems` returns for each table
        """
        missing = problem.get("missing", ())
        return section._replace(
            columns=tuple(each for each in section.columns if each not in missing),
            lookups=() if missing else section.lookups,  # they may refer to a column
            digested_by_ocs=not problem.get("digest"),
        )

    def find_problems(self):
        """Check what OCS cannot provide of the sections that the backend imports.

        :return: dict {table: {"missing": list of columns, "digest": why OCS cannot
            compute it, "unreadable": why an optional section cannot be read at all}},
            without the tables that have no problem
        :raises OcsConfigurationError: names the missing table, privilege or column of
            hardware without which nothing can be read
        """
        found = {each.table: self._problem(each) for each in self._imported_sections()}
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
            if errors.message_key(error.code) not in ("unknown", "no_function"):
                raise
            return {"digest": str(error)}
        return {}

    def _missing_columns(self, section, error):
        if error.code != errors.NO_COLUMN:
            return []
        columns = self._query_as_stored(f"SHOW COLUMNS FROM {section.ocs_table}")
        existing = {column["Field"] for column in columns}
        missing = [column for column in section.columns if column not in existing]
        if section.table == "hardware" and not DISPENSABLE.issuperset(missing):
            return []
        return missing

    def _read_section(self, section, ids, columns=None):
        """Return the rows of computers, in the order of OCS.

        :param ids: ascending list of int (hardware.ID), not empty
        :param columns: names of columns, all of the section if None
        :return: list of triples of hardware.ID, row and digest of the whole row
        """
        where, parameters = ids_condition(section.key, ids)
        if not section.digested_by_ocs:
            columns = None
        query, compared = section.rows_query(where, columns), section.compared_columns
        rows = self._query_as_stored(query, parameters)
        owners = [row.pop("OWNER") for row in rows]
        digests = [
            row.pop("DIGEST", None)
            or fingerprints.row_digest(row[column] for column in compared)
            for row in rows
        ]
        converted = map(self._converted, clean_rows(rows))
        return list(zip(owners, converted, digests, strict=True))

    def _read_whole(self, section, ids):
        """Return what OCS has of computers in a section.

        :return: dict {hardware.ID: pair of list of rows, and digest of the section}
        """
        found = defaultdict(list)
        for external_id, row, digest in self._read_section(section, ids):
            found[external_id].append((row, digest))
        return {
            external_id: (
                [row for row, _digest in rows],
                self._digest(section, [digest for _row, digest in rows]),
            )
            for external_id, rows in found.items()
        }

    def find_large(self, ids, limit=LARGE_COMPUTER_ROWS):
        """Return the computers that have too many rows to be read with others.

        :param ids: ascending list of int (hardware.ID)
        :param limit: int, number of rows in all sections together
        :return: set of int
        """
        many = [section for section in self._sections if section.many]
        if not ids or not many:
            return set()
        queries, parameters = [], []
        for section in many:
            where, values = ids_condition(section.key, ids)
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

    def _converted(self, row):
        if "CAPACITY" in row:
            row["CAPACITY"] = self._capacity(row["CAPACITY"])
        return row

    def _capacity(self, value):
        return parse_capacity(value) if self._capacity_is_text else value or 0

    def _digests(self, section, ids):
        """:return: dict {hardware.ID: digest} of the computers that have rows"""
        if not section.digested_by_ocs:
            found = self._read_whole(section, ids)
            return {each: digest for each, (_rows, digest) in found.items()}
        where, parameters = ids_condition(section.key, ids)
        rows = self._query(section.digests_query(where), parameters)
        return {row["OWNER"]: row["DIGEST"] for row in rows}

    def _digest(self, section, digests):
        """Return the digest of a section from those of a computer's rows."""
        digests = digests if section.ordered else sorted(digests)
        return fingerprints.section_digest(digests)
