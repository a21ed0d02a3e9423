# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

import pymysql

from odoo.addons.component.core import AbstractComponent
from odoo.addons.connector.exception import NetworkRetryableError

from ..error_messages import MESSAGES
from ..exceptions import OcsConfigurationError
from ..lib import errors
from ..lib.quoting import create_user, grant
from ..lib.values import clean_rows

#: Host from which Odoo connects, in statements for the administrator of the database.
ODOO_HOST = "<Odoo host>"


class OcsAdapter(AbstractComponent):
    """Adapter that runs queries on the OCS database and explains why one failed.

    An adapter supports the schema generations in ``_ocs_versions`` (all of them
    when it is None); component matching selects it by ``ocs.backend.version``.
    The session is ``work.ocs_client``, an
    :class:`odoo.addons.connector_ocs.lib.client.OcsClient`.
    """

    _name = "ocs.adapter"
    _inherit = ["base.backend.adapter", "ocs.base"]
    _ocs_versions = None
    #: tables that it reads besides those of the sections
    _tables = ()

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        versions = cls._ocs_versions
        return versions is None or work.collection.version in versions

    def _query(self, sql, parameters=()):
        """Return the rows of one statement.

        Text is cleaned here, and nowhere else, so that no query can forget it.

        :return: list of dict, as
            :func:`odoo.addons.connector_ocs.lib.values.clean_rows` returns them
        :raises NetworkRetryableError: OCS is temporarily unavailable
        :raises OcsConfigurationError: an administrator has to correct something
        """
        return clean_rows(self._query_as_stored(sql, parameters))

    def _query_as_stored(self, sql, parameters=()):
        """Return the rows of one statement as they are in the database.

        Digests need them, and so do the names of what the database itself consists of:
        a cleaned name would find something else, or nothing.

        :return: list of dict
        :raises: as ``_query``
        """
        with self._convert_errors():
            return self.work.ocs_client.query(sql, parameters)

    @contextmanager
    def _snapshot(self):
        """Make all queries inside read OCS as of one moment."""
        with self._convert_errors(), self.work.ocs_client.snapshot():
            yield

    @contextmanager
    def _convert_errors(self):
        """Turn errors of MySQL into exceptions whose message says what to do."""
        try:
            yield
        except (pymysql.MySQLError, OSError) as error:
            code = errors.code(error)
            if isinstance(error, OSError) or errors.is_transient(code):
                raise NetworkRetryableError(self._unreachable(error)) from error
            raise OcsConfigurationError(self._explain(code, error), code) from error

    def _unreachable(self, error):
        """Return the message for an error that may pass by itself."""
        is_mysql = isinstance(error, pymysql.MySQLError)
        if is_mysql and errors.code(error) not in errors.UNREACHABLE:
            return self._describe_error("busy", error)
        backend = self.backend_record
        return self.env._(
            "The OCS database of %(backend)s did not respond at %(host)s:%(port)s. "
            "Check the host and the port, and that the database server is running "
            "and accepts connections from Odoo. (%(error)s)",
            backend=backend.name,
            host=backend.host,
            port=backend.port,
            error=errors.describe(error),
        )

    def _explain(self, code, error):
        """Return the message for an error number of MySQL."""
        key = errors.message_key(code)
        if key == "login_denied" and self.backend_record.tls == "off":
            key = "login_denied_without_tls"
        return self._describe_error(key, error)

    def _describe_error(self, key, error):
        backend = self.backend_record
        sentence = self.env._(MESSAGES[key])
        return sentence % {
            "backend": backend.name,
            "user": backend.user,
            "host": backend.host,
            "port": backend.port,
            "database": backend.database,
            "error": errors.describe(error),
            "create": f"{create_user(self._account)};",
            "grants": " ".join(self._reading_grants(errors.describe(error))),
        }

    def read_tables(self):
        """Return the tables that imports of the backend read.

        Before the first test of the connection, they are those of the newest version.

        :return: sorted list of str
        """
        backend = self.backend_record
        version = backend.version or backend._select_version()[-1][0]
        adapters = self.work.components_registry.lookup(
            backend._name, usage="backend.adapter", model_name="ocs.computer.binding"
        )
        computers = next(each for each in adapters if version in each._ocs_versions)
        found = set()
        for section in computers(self.work)._imported_sections():
            found.update((section.ocs_table, *section.lookup_tables))
        for component in self.work.components_registry.lookup(backend._name):
            found.update(getattr(component, "_tables", ()))
        return sorted(found)

    def account_statements(self):
        """Return the SQL that creates the user of the backend, who may only read.

        :return: list of str
        """
        return [f"{create_user(self._account)};", *self._reading_grants()]

    @property
    def _account(self):
        return f"{self.backend_record.user}@{ODOO_HOST}"

    def _reading_grants(self, text=""):
        """Return the SQL that allows to read: the tables in a text, or all of them.

        :param text: str, error of the database
        :return: list of str
        """
        tables, database = self.read_tables(), self.backend_record.database
        named = [table for table in tables if f"'{table}'" in text.replace("`", "'")]
        return [
            f"{grant('SELECT', database, table, self._account)};"
            for table in named or tables
        ]
