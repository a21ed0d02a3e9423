# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Opening of a connection, whose errors all have a number of MySQL."""

import ssl
import struct
from contextlib import contextmanager, suppress
from decimal import Decimal

import pymysql
from pymysql.constants import CR, FIELD_TYPE
from pymysql.converters import conversions

from . import authentication

CONNECT_TIMEOUT = 10  # seconds
READ_TIMEOUT = 60  # seconds of silence, in a query or before the greeting

#: What PyMySQL raises if it cannot make sense of the answer to a query.
_GARBLED = (struct.error, IndexError, AssertionError)
#: Those of PyMySQL convert all types but these from bytes.
_CONVERSIONS = {
    **conversions,
    **dict.fromkeys(
        (FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL),
        lambda value: Decimal(value.decode("ascii")),
    ),
}
#: Number of the MySQL client for a server that asks for a file.
_FILE_REFUSED = 2068


def connect(settings):
    """Open a connection that can only read, unless the settings say otherwise.

    :param settings: ConnectionSettings
    :return: pymysql connection whose rows are dict
    :raises pymysql.MySQLError: with the number of the error as ``args[0]``;
        2026 for all TLS errors, 2012 if no MySQL server answers
    """
    with _explained_opening():
        connection = _open(settings)
    try:
        for statement in settings.session_setup:
            results_of(connection, statement)
    except BaseException:
        with suppress(pymysql.MySQLError):
            connection.close()
        raise
    return connection


def _open(settings):
    context = settings.tls_context()
    return pymysql.connect(
        host=settings.host,
        port=settings.port,
        database=settings.database,
        user=settings.user,
        charset="utf8mb4",
        use_unicode=False,  # one invalid character would make every row unreadable
        conv=_CONVERSIONS,
        cursorclass=pymysql.cursors.DictCursor,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        write_timeout=CONNECT_TIMEOUT,
        autocommit=True,
        ssl=context,
        ssl_disabled=context is None,
        **authentication.options(settings.password, settings.tls == "verify"),
    )


@contextmanager
def _explained_opening():
    """Give a number to every error of opening a connection."""
    try:
        yield
    except ssl.SSLError as error:
        raise pymysql.OperationalError(CR.CR_SSL_CONNECTION_ERROR, str(error)) from None
    except UnicodeDecodeError as error:
        raise _no_mysql(error) from error
    except UnicodeError:  # names the whole value, so it must not be shown
        raise pymysql.OperationalError(
            CR.CR_UNKNOWN_HOST, "The name of the host or of the user is invalid."
        ) from None
    except RuntimeError as error:
        raise _refusal(error) from error
    except pymysql.OperationalError as error:
        cause = getattr(error, "original_exception", None)
        if isinstance(cause, ssl.SSLError):
            raise pymysql.OperationalError(
                CR.CR_SSL_CONNECTION_ERROR, str(cause)
            ) from error
        raise
    except (OSError, pymysql.DatabaseError) as error:
        if not isinstance(error, pymysql.InternalError):
            raise
        raise _no_mysql(error) from error
    except Exception as error:  # whatever PyMySQL stumbles over in the greeting
        raise _no_mysql(error) from error


def _refusal(error):
    """Return what PyMySQL does not do: send a file, or load a library for a plugin."""
    if "LOAD_LOCAL" in str(error):
        return pymysql.OperationalError(
            _FILE_REFUSED, "The server requests a file of the Odoo server."
        )
    return pymysql.OperationalError(CR.CR_AUTH_PLUGIN_CANNOT_LOAD, str(error))


def _no_mysql(error):
    return pymysql.OperationalError(CR.CR_SERVER_HANDSHAKE_ERR, str(error))


def results_of(connection, statement, parameters=None):
    """Run a statement, and return its results; only a procedure may have several.

    :param statement: SQL with %s for each parameter
    :return: list of lists of dict {column: value}; bytes that are no UTF-8 are
        replaced, so that they do not make the other rows unreadable
    :raises pymysql.MySQLError: with the number of the error as ``args[0]``
    """
    with connection.cursor() as cursor, _explained_answers():
        cursor.execute(statement, parameters)
        results = [_decoded(cursor)]
        while cursor.nextset():
            if cursor.description:  # the last one is only the end of the call
                results.append(_decoded(cursor))
    return results


def execute(connection, statement, parameters=None):
    """Run a statement that writes, and return the number of changed rows.

    :param statement: as for ``results_of``
    :raises pymysql.MySQLError: as ``results_of``
    """
    with connection.cursor() as cursor, _explained_answers():
        return cursor.execute(statement, parameters)


def _decoded(cursor):
    return [decode_row(row) for row in cursor.fetchall()]


def decode_row(row):
    """Return a row with bytes as text.

    :param row: dict; bytes are as they are stored in OCS
    :return: dict with str instead, and U+FFFD in it for what is not UTF-8
    """
    return {
        column: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        for column, value in row.items()
    }


@contextmanager
def _explained_answers():
    """Give a number to every error of reading the answer to a statement."""
    try:
        yield
    except RuntimeError as error:
        raise _refusal(error) from error
    except _GARBLED as error:
        raise pymysql.OperationalError(CR.CR_MALFORMED_PACKET, str(error)) from error
