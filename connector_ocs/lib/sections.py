# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""The tables of OCS that make up a computer, and the queries that read them."""

from typing import NamedTuple

from .fingerprints import VOLATILE_COLUMNS, row_text_sql


class Section(NamedTuple):
    """Columns of a table of OCS that belong to one computer."""

    #: names the section, and is the table unless another one is given
    table: str
    columns: tuple
    #: whether a computer has any number of rows there, rather than one
    many: bool = False
    key: str = "HARDWARE_ID"
    #: whether the order of OCS is shown, so that another order is a change
    ordered: bool = False
    #: whether OCS's database computes the digests
    digested_by_ocs: bool = True
    #: columns that change while the computer stays as it is: free space, a link
    volatile: tuple = ()
    #: whether computers are imported where OCS has no such table, or does not show it
    optional: bool = False
    #: whether administrators of OCS add columns there, and drop them
    has_columns_of_people: bool = False
    #: table of OCS, where its name is not the same in every schema
    stored_in: str = ""
    #: pairs of a name and an SQL expression: what is read along, but not compared
    lookups: tuple = ()
    #: whether the change log of OCS notes its changes
    is_watched: bool = True

    @property
    def ocs_table(self):
        """Table of OCS that holds the rows."""
        return self.stored_in or self.table

    @property
    def compared_columns(self):
        """Columns in which a difference is a change."""
        volatile = VOLATILE_COLUMNS.union(self.volatile)
        return tuple(each for each in self.columns if each not in volatile)

    @property
    def row_digest(self):
        """SQL expression of the digest of a row."""
        return f"MD5({row_text_sql(self.compared_columns)})"

    def rows_query(self, where, columns=None):
        """Query of rows, in the order of OCS.

        :param where: SQL condition
        :param columns: names, all of the section and its lookups without it
        :return: SQL; OWNER is the computer, DIGEST the row's (if OCS computes it)
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
        """Query of one digest for each computer that has rows.

        :param where: SQL condition
        :return: SQL; OWNER is the computer
        """
        order = "ID" if self.ordered else self.row_digest
        return (
            f"SELECT {self.key} AS OWNER,"
            f" MD5(GROUP_CONCAT({self.row_digest} ORDER BY {order})) AS DIGEST"
            f" FROM {self.ocs_table} WHERE {where} GROUP BY {self.key}"
        )


def among(key, ids):
    """Condition that finds the rows of some computers.

    A range is read faster than a list, unless most of it is of others.

    :param key: column that holds hardware.ID
    :param ids: ascending list of int, not empty
    :return: SQL condition and its parameters; rows of others may be found too
    """
    if ids[-1] - ids[0] < 2 * len(ids):
        return f"{key} BETWEEN %s AND %s", (ids[0], ids[-1])
    return f"{key} IN %s", (ids,)
