# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Errors of the change log, and what to do about them."""

from odoo.tools.translate import LazyTranslate

from odoo.addons.connector_ocs.lib import errors

_lt = LazyTranslate(__name__)

#: The server, or its copy of the database, accepts no writes.
READ_ONLY = frozenset(
    {
        1036,  # table is read-only
        1290,  # an option such as read_only prevents the statement
        1792,  # transaction is read-only
        1836,  # server runs in read-only mode
        1874,  # InnoDB is in read-only mode
        3100,  # MySQL: a group of servers, or a plugin, refuses the transaction
    }
)

#: Errors of installing, writing and repairing the change log, and the keys of their
#: error messages.
CHANGE_LOG_MESSAGE_KEYS = {
    1044: "log_denied",
    1054: "log_incomplete",
    1142: "log_denied",
    1143: "log_denied",
    errors.NO_TABLE: "log_incomplete",
    1227: "definer_denied",
    1419: "binary_log",
    1370: "log_denied",
    errors.NO_DEFINER: "no_definer",
    **dict.fromkeys(READ_ONLY, "read_only"),
}


def change_log_message_key(code):
    """Return the key of the error message for an error of the change log, or None.

    :param code: int, ``args[0]`` of the error
    """
    return CHANGE_LOG_MESSAGE_KEYS.get(code)


#: Sentences by key, used instead of those about reading OCS.
CHANGE_LOG_MESSAGES = {
    "log_denied": _lt(
        "The account %(user)s is not allowed to perform this action on the change "
        "log. To mark changes as processed, run this on the database server: GRANT "
        "SELECT, UPDATE, DELETE ON %(database)s.%(table)s TO "
        "'%(user)s'@'<Odoo host>'; To install, repair or remove the change log, enter "
        "the account of a database administrator, or run the SQL file on the database "
        "server. (%(error)s)"
    ),
    "log_incomplete": _lt(
        "The change log of OCS is incomplete. Click “Check” on the backend to see "
        "what to do. (%(error)s)"
    ),
    "definer_denied": _lt(
        "The account %(user)s is not allowed to create triggers that run with the "
        "privileges of another account. Enter the account of a database "
        "administrator, or run the SQL file on the database server. (%(error)s)"
    ),
    "no_definer": _lt(
        "The definer, the account whose privileges the triggers run with, does not "
        "exist. Enter the account of the OCS server. (%(error)s)"
    ),
    "read_only": _lt(
        "The database server accepts no changes, as it is a replica or runs in "
        "read-only mode. Enter the primary server as host of the backend, or set "
        "“Change Detection” to “Compare with OCS”. (%(error)s)"
    ),
    "binary_log": _lt(
        "The database server writes a binary log, so only an account with the SUPER "
        "privilege can create triggers. Enter such an account, or run this on the "
        "database server: SET GLOBAL log_bin_trust_function_creators = 1; (%(error)s)"
    ),
}
