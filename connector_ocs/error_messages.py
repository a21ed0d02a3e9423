# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What to do about an error of the OCS database, in sentences.

The keys are those of :data:`odoo.addons.connector_ocs.lib.errors.MESSAGE_KEYS`; the
adapter fills in host, port, database, user and error.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    "login_denied": _lt(
        "OCS refused the user %(user)s: check the user name and the "
        "password. (%(error)s)"
    ),
    "host_denied": _lt(
        "The server %(host)s does not accept connections from Odoo. Run on "
        "it: CREATE USER '%(user)s'@'<Odoo host>' IDENTIFIED BY "
        "'<password>'; GRANT SELECT ON %(database)s.* TO "
        "'%(user)s'@'<Odoo host>'; (%(error)s)"
    ),
    "database_denied": _lt(
        "The user %(user)s may not read the database %(database)s. Run on "
        "the OCS server: GRANT SELECT ON %(database)s.* TO '%(user)s'@'<Odoo "
        "host>'; (%(error)s)"
    ),
    "table_denied": _lt(
        "The user %(user)s may not read a table of OCS. Run on the OCS "
        "server: GRANT SELECT ON %(database)s.* TO '%(user)s'@'<Odoo "
        "host>'; (%(error)s)"
    ),
    "no_database": _lt(
        "There is no database %(database)s on %(host)s: check its name; "
        "OCS calls it ocsweb by default. (%(error)s)"
    ),
    "no_table": _lt(
        "%(database)s lacks a table of OCS. Check that it is the database "
        "of OCS Inventory; if it is, open the OCS console once: it "
        "finishes an upgrade that was interrupted. (%(error)s)"
    ),
    "no_column": _lt(
        "%(database)s lacks a column that is read. If OCS was upgraded, "
        "press Test connection; if that says the same, open the OCS "
        "console once: it finishes an upgrade that was interrupted. "
        "(%(error)s)"
    ),
    "no_host": _lt("The host %(host)s is unknown: check its name. (%(error)s)"),
    "no_tls": _lt(
        "No secure connection to %(host)s: check that the database server "
        "offers TLS and that the certificate authority and the host name "
        "are those of its certificate. (%(error)s)"
    ),
    "no_mysql": _lt(
        "What answers at %(host)s:%(port)s is not a MySQL or MariaDB "
        "server: check the port. (%(error)s)"
    ),
    "clear_password": _lt(
        "The server %(host)s asks for the password in clear text, which is "
        "only sent over a verified connection: set TLS to “Encrypted, "
        "certificate verified”, or give the user a password that the "
        "server keeps itself. (%(error)s)"
    ),
    "unknown": _lt("The OCS database answered with an error: %(error)s"),
}

#: For what concerns the change log; instead of those above.
CHANGE_LOG_MESSAGES = {
    "log_denied": _lt(
        "The account %(user)s may not do this with the change log. To acknowledge "
        "changes, run on the OCS server: GRANT UPDATE, DELETE ON "
        "%(database)s.%(table)s TO '%(user)s'@'<Odoo host>'; To install, repair or "
        "remove the change log, enter an administrator of the database, or have the "
        "SQL file run on the OCS server. (%(error)s)"
    ),
    "log_incomplete": _lt(
        "The change log of OCS is incomplete: press Check on the backend, "
        "it says what to do. (%(error)s)"
    ),
    "definer_denied": _lt(
        "The account %(user)s may not make triggers that run with the rights of "
        "another: enter an administrator of the database, or have the SQL file run "
        "on the OCS server. (%(error)s)"
    ),
    "no_definer": _lt(
        "The account with whose rights the triggers were to run does not exist: "
        "enter that of the OCS server. (%(error)s)"
    ),
    "binary_log": _lt(
        "The OCS server writes a binary log, so that only an account with the right "
        "SUPER can make triggers. Enter such an administrator, or run on the OCS "
        "server: SET GLOBAL log_bin_trust_function_creators = 1; (%(error)s)"
    ),
}
