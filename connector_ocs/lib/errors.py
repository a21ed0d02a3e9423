# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Kinds of MySQL errors, by what helps against them."""

#: The server is away, busy or lost: the same query may work later.
TRANSIENT = frozenset(
    {
        0,  # PyMySQL: the connection was closed under it
        1020,  # record has changed since last read
        1040,  # too many connections
        1053,  # server shutdown in progress
        1159,  # timeout reading communication packets
        1161,  # timeout writing communication packets
        1203,  # the user has too many connections
        1205,  # lock wait timeout
        1226,  # the user has used up a resource of this hour
        1213,  # deadlock
        1317,  # query interrupted
        1927,  # connection was killed
        1969,  # the statement took longer than max_statement_time
        2002,  # cannot connect through the socket
        2003,  # cannot connect to the host
        2006,  # server has gone away
        3024,  # the query took longer than max_execution_time
        2013,  # connection lost during a query
        2014,  # packets out of order, after a lost connection
    }
)

#: Those of them where the server is well, and waited in vain for another session.
LOCKED = frozenset({1205, 1213})

#: A query names a column that is not there.
NO_COLUMN = 1054

#: Remedies against what is wrong with one table, and no other.
ABOUT_TABLE = frozenset({"no_table", "table_denied"})

#: Errors that only a person can mend, and the remedy that helps.
MESSAGE_KEYS = {
    1044: "database_denied",
    1045: "login_denied",
    1049: "no_database",
    NO_COLUMN: "no_column",
    1130: "host_denied",
    1142: "table_denied",
    1143: "table_denied",
    1146: "no_table",
    1698: "login_denied",
    1820: "login_denied",
    1862: "login_denied",
    2005: "no_host",
    2012: "no_mysql",
    2026: "no_tls",
    2061: "clear_password",
}


def is_transient(code):
    """Whether a MySQL or PyMySQL error number may go away by itself.

    :param code: int, ``args[0]`` of the error
    """
    return code in TRANSIENT


def message_key(code):
    """Name of the remedy for an error number, 'unknown' without one.

    :param code: int, ``args[0]`` of the error
    """
    return MESSAGE_KEYS.get(code, "unknown")


#: Errors in installing, writing and repairing the change log, and their remedies.
CHANGE_LOG_MESSAGE_KEYS = {
    1044: "log_denied",
    1054: "log_incomplete",
    1142: "log_denied",
    1143: "log_denied",
    1146: "log_incomplete",
    1227: "definer_denied",
    1419: "binary_log",
    1449: "no_definer",
}


def change_log_message_key(code):
    """Name of the remedy in what concerns the change log, None without one.

    :param code: int, ``args[0]`` of the error
    """
    return CHANGE_LOG_MESSAGE_KEYS.get(code)
