# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""MySQL errors, classified by what to do about them."""

#: The server is unreachable or busy: the same query may succeed later.
TRANSIENT = frozenset(
    {
        0,  # PyMySQL: the connection was closed
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

#: Transient errors of a working server that waited in vain for another session.
LOCKED = frozenset({1205, 1213})

#: A query refers to a column that does not exist.
NO_COLUMN = 1054

#: Keys of error messages that concern a single table.
ABOUT_TABLE = frozenset({"no_table", "table_denied"})

#: Errors that a user has to fix, and the keys of their error messages.
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


def describe(error):
    """Return the number and text of a MySQL error, such as "1045: Access denied".

    :param error: exception of PyMySQL or of the operating system
    """
    return ": ".join(map(str, error.args)) or type(error).__name__


def is_transient(code):
    """Return whether a MySQL or PyMySQL error may go away without intervention.

    :param code: int, ``args[0]`` of the error
    """
    return code in TRANSIENT


def message_key(code):
    """Return the key of the error message for an error number, or 'unknown'.

    :param code: int, ``args[0]`` of the error
    """
    return MESSAGE_KEYS.get(code, "unknown")


#: Errors of installing, writing and repairing the change log, and the keys of their
#: error messages.
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
    """Return the key of the error message for an error of the change log, or None.

    :param code: int, ``args[0]`` of the error
    """
    return CHANGE_LOG_MESSAGE_KEYS.get(code)
