# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Sections: the OCS tables that make up a computer, and the queries that read them."""

from typing import NamedTuple

from .fingerprints import VOLATILE_COLUMNS, digest_sql, row_text_sql


class Section(NamedTuple):
    """Columns of an OCS table that describe a computer."""

    #: name of the section, and of its table unless ``stored_in`` is set
    table: str
    columns: tuple
    #: whether a computer may have any number of rows, instead of one
    many: bool = False
    key: str = "HARDWARE_ID"
    #: whether the order of OCS is shown, so that a different order is a change
    ordered: bool = False
    #: whether the OCS database computes the digests
    digested_by_ocs: bool = True
    #: columns that change although the computer does not: free space, link state
    volatile: tuple = ()
    #: whether computers are imported even if the table is missing or cannot be read
    optional: bool = False
    #: whether administrators of OCS add and drop columns, so no trigger may name any
    has_custom_columns: bool = False
    #: OCS table, if its name differs between schemas
    stored_in: str = ""
    #: pairs of name and SQL expression of values that are read, but not compared
    lookups: tuple = ()
    #: tables that the lookups read
    lookup_tables: tuple = ()
    #: whether triggers may watch the table
    is_watched: bool = True
    #: first schema (config.GUI_VERSION) whose table has these columns
    since: int = 0

    @property
    def ocs_table(self):
        """OCS table that holds the rows."""
        return self.stored_in or self.table

    @property
    def compared_columns(self):
        """Columns that are compared to detect changes."""
        volatile = VOLATILE_COLUMNS.union(self.volatile)
        return tuple(each for each in self.columns if each not in volatile)

    @property
    def row_digest(self):
        """SQL expression for the digest of a row."""
        return digest_sql(row_text_sql(self.compared_columns))

    def rows_query(self, where, columns=None):
        """Return the query that reads rows, in the order of OCS.

        :param where: SQL condition
        :param columns: names of columns; all of the section and its lookups if None
        :return: SQL; OWNER is the computer, DIGEST that of the row, if OCS computes it
        """
        lookups = [f"{expression} AS {name}" for name, expression in self.lookups]
        columns = [f"{self.key} AS OWNER", *(columns or (*self.columns, *lookups))]
        if self.digested_by_ocs:
            columns.append(f"{self.row_digest} AS DIGEST")
        order = f"{self.key}, ID" if self.many else self.key
        return (
            f"SELECT {', '.join(columns)} FROM {self.ocs_table}"
            f" WHERE {where} ORDER BY {order}"
        )

    def digests_query(self, where):
        """Return the query that computes a digest for each computer that has rows.

        :param where: SQL condition
        :return: SQL; OWNER is the computer
        """
        order = "ID" if self.ordered else self.row_digest
        digests = f"GROUP_CONCAT({self.row_digest} ORDER BY {order})"
        return (
            f"SELECT {self.key} AS OWNER,"
            f" {digest_sql(digests)} AS DIGEST"
            f" FROM {self.ocs_table} WHERE {where} GROUP BY {self.key}"
        )


#: Before schema 7080, the table had other columns. On macOS, the agent writes the
#: present voltage to DESIGNCAPACITY, which differs at every inventory.
BATTERIES = Section(
    "batteries",
    (
        *("NAME", "DESCRIPTION", "MANUFACTURER", "SERIALNUMBER", "CHEMISTRY"),
        *("DESIGNCAPACITY", "CYCLES", "ESTIMATEDCHARGEREMAINING", "STATUS"),
    ),
    many=True,
    volatile=("DESIGNCAPACITY", "CYCLES", "ESTIMATEDCHARGEREMAINING", "STATUS"),
    optional=True,
    since=7080,
)


def ids_condition(key, ids):
    """Return the condition that finds the rows of computers.

    A range is read faster than a list, unless most of its rows belong to others.

    :param key: column that holds hardware.ID
    :param ids: ascending list of int, not empty
    :return: SQL condition and its parameters; may find rows of other computers, too
    """
    if ids[-1] - ids[0] < 2 * len(ids):
        return f"{key} BETWEEN %s AND %s", (ids[0], ids[-1])
    return f"{key} IN %s", (ids,)
