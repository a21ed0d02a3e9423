# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""MySQL errors, classified by what to do about them."""

import ast

#: There is no connection, or it broke: the server stops, starts, moves or is too busy
#: to accept another one. A proxy or a node of a cluster may say so as well.
UNREACHABLE = frozenset(
    {
        0,  # PyMySQL: the connection was closed
        1040,  # too many connections
        1042,  # cannot resolve the name of the client
        1043,  # bad handshake
        1047,  # Galera: the node is not ready
        1053,  # server shutdown in progress
        1077,  # server shut down
        1078,  # server got a signal to stop
        1079,  # server shutdown is complete
        1080,  # server closes the connection by force
        1129,  # the client is blocked after too many broken connections
        1135,  # cannot create a thread
        1152,  # connection aborted
        1154,  # read error from the connection
        1155,  # error of the connection's socket
        1156,  # packets out of order
        1157,  # packet cannot be uncompressed
        1158,  # error reading communication packets
        1159,  # timeout reading communication packets
        1160,  # error writing communication packets
        1161,  # timeout writing communication packets
        1184,  # new connection aborted
        1203,  # the user has too many connections
        1226,  # the user has used up a resource of this hour
        1927,  # MariaDB: connection was killed
        2002,  # cannot connect through the socket
        2003,  # cannot connect to the host
        2006,  # server has gone away
        2013,  # connection lost during a query
        2014,  # packets out of order, after a lost connection
        2027,  # malformed packet, after a lost connection
        2055,  # connection lost, with the error of the system
        3032,  # MySQL: server is in offline mode
        3168,  # MySQL: server is not available
        3169,  # MySQL: session was killed
        4031,  # MySQL: the server closed an idle connection
        9001,  # ProxySQL: no server available in time
    }
)

#: A working server waited in vain for another session.
LOCKED = frozenset(
    {
        1205,  # lock wait timeout
        1206,  # too many locks
        1213,  # deadlock
        1223,  # a global read lock is in the way
        1613,  # XA: the transaction took too long
        1614,  # XA: deadlock
        1689,  # an exclusive lock aborted the wait
        3058,  # deadlock of user locks
        3132,  # deadlock of the locking service
        3133,  # lock wait timeout of the locking service
        3572,  # MySQL: a lock cannot be had at once
    }
)

#: Tables changed under the statement or its transaction.
CHANGED = frozenset(
    {
        1020,  # record has changed since last read
        1412,  # table definition has changed, for instance by an upgrade of OCS
        1615,  # prepared statement needs to be prepared again
        3101,  # a group of servers rolled back the transaction
    }
)

#: The statement was interrupted, or took too long under the load of that time.
INTERRUPTED = frozenset(
    {
        1317,  # query interrupted
        1969,  # MariaDB: longer than max_statement_time
        3024,  # MySQL: longer than max_execution_time
    }
)

#: The server ran out of memory, disk or files.
EXHAUSTED = frozenset(
    {
        3,  # error writing a file, such as: no space left on device
        1015,  # cannot lock a file
        1021,  # disk full
        1026,  # error writing a file
        1037,  # out of memory
        1041,  # out of resources
        1114,  # a (temporary) table is full
        1297,  # NDB: temporary error
        1637,  # too many concurrent transactions
        1878,  # cannot write a temporary file
        3170,  # MySQL: not enough memory for the statement
    }
)

#: What may pass by itself: the same statement may succeed later.
TRANSIENT = UNREACHABLE | LOCKED | CHANGED | INTERRUPTED | EXHAUSTED

#: A query refers to a column that does not exist.
NO_COLUMN = 1054

#: A statement refers to a table that does not exist.
NO_TABLE = 1146

#: A statement refers to a function or procedure that does not exist.
NO_PROCEDURE = 1305

#: The definer of a trigger or procedure does not exist.
NO_DEFINER = 1449

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
    NO_TABLE: "no_table",
    NO_PROCEDURE: "no_function",
    1370: "no_function",
    1698: "login_denied",
    1820: "login_denied",
    1862: "login_denied",
    3159: "tls_required",
    2005: "no_host",
    2012: "no_mysql",
    2026: "no_tls",
    2061: "clear_password",
    2068: "local_file",
}


def describe(error):
    """Return the number and text of a MySQL error, such as "1045: Access denied".

    :param error: exception of PyMySQL or of the operating system
    """
    texts = (str(each).strip() for each in error.args)
    return ": ".join(filter(None, texts)) or type(error).__name__


def plain(text):
    """Return the text of an exception without the notation of Python.

    ``str()`` of an exception with several arguments is that of a tuple.

    :param text: such as "(1045, 'Access denied')", or a sentence
    :return: such as "1045: Access denied"
    """
    try:
        parts = ast.literal_eval(text.strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return text.strip()
    parts = parts if isinstance(parts, tuple) else (parts,)
    return ": ".join(str(part).strip() for part in parts)


def code(error):
    """Return the number of an error.

    PyMySQL gives none to an answer that it does not understand: the connection broke.

    :param error: exception of PyMySQL or of the operating system
    :return: int, 0 without a number
    """
    number = error.args[0] if error.args else 0
    return number if isinstance(number, int) else 0


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


#: The account lacks a privilege on the server, a database, a table, a column or a
#: routine.
DENIED = frozenset({1044, 1142, 1143, 1227, 1370})
