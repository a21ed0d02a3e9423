# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Messages about errors of the OCS database, with what to do about them.

The keys are those of :data:`odoo.addons.connector_ocs.lib.errors.MESSAGE_KEYS`; the
adapter fills in host, port, database, user and error.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

MESSAGES = {
    "login_denied": _lt(
        "The OCS database rejected the user %(user)s. Check the user name and "
        "the password. (%(error)s)"
    ),
    "login_denied_without_tls": _lt(
        "The OCS database rejected the user %(user)s. Check the user name and "
        "the password. If the account or the server requires TLS, change “TLS” on the "
        "backend: the connection is not encrypted. (%(error)s)"
    ),
    "tls_required": _lt(
        "The server %(host)s accepts only encrypted connections. Set the field “TLS” "
        "of the backend to “Encrypted, certificate verified” or “Encrypted, server "
        "not verified”. (%(error)s)"
    ),
    "host_denied": _lt(
        "The server %(host)s does not accept connections from Odoo. Run this "
        "on the server: %(create)s %(grants)s (%(error)s)"
    ),
    "database_denied": _lt(
        "The user %(user)s is not allowed to read the database %(database)s. "
        "Run this on the database server: %(grants)s If a role grants it, make the "
        "role a default role of the user. (%(error)s)"
    ),
    "table_denied": _lt(
        "The user %(user)s is not allowed to read a table of OCS. Run this on "
        "the database server: %(grants)s (%(error)s)"
    ),
    "no_database": _lt(
        "The database %(database)s does not exist on %(host)s. Check its name; "
        "the default name in OCS is ocsweb. (%(error)s)"
    ),
    "no_table": _lt(
        "A table of OCS is missing in %(database)s. Check that this is the "
        "database of OCS Inventory. If it is, open the OCS console once to "
        "finish an interrupted upgrade. (%(error)s)"
    ),
    "no_column": _lt(
        "A column that Odoo reads is missing in %(database)s. If OCS was "
        "upgraded, click “Test connection”. If the error persists, open the OCS "
        "console once to finish an interrupted upgrade. (%(error)s)"
    ),
    "no_function": _lt(
        "The database server lacks a function that Odoo uses. MySQL 9.6 and later "
        "have some functions only with a component; run this on the database server: "
        "INSTALL COMPONENT 'file://component_classic_hashing'; (%(error)s)"
    ),
    "no_host": _lt("The host %(host)s is unknown. Check its name. (%(error)s)"),
    "no_tls": _lt(
        "A secure connection to %(host)s could not be established. Check that "
        "the database server offers TLS, and that the certificate authority and "
        "the host name match its certificate. (%(error)s)"
    ),
    "no_mysql": _lt(
        "The server at %(host)s:%(port)s is not a MySQL or MariaDB server. "
        "Check the port. (%(error)s)"
    ),
    "clear_password": _lt(
        "The server %(host)s requests the password in a way that lets it read the "
        "password, which Odoo allows only if the server was verified. Set “TLS” to "
        "“Encrypted, certificate verified”. MySQL also does this when an account with "
        "caching_sha2_password logs in for the first time. (%(error)s)"
    ),
    "local_file": _lt(
        "The server %(host)s requests a file of the Odoo server (LOAD DATA LOCAL), "
        "which no server of OCS does. Odoo sent nothing. Check that the host is the "
        "database server of OCS, and that nobody has tampered with it. (%(error)s)"
    ),
    "unknown": _lt("The OCS database returned an error: %(error)s"),
    "busy": _lt(
        "The OCS database of %(backend)s could not answer at the moment: it is locked, "
        "being changed or overloaded. (%(error)s)"
    ),
}
