# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

import pymysql

from odoo.addons.component.core import AbstractComponent
from odoo.addons.connector.exception import NetworkRetryableError

from ..exceptions import OcsConfigurationError
from ..lib import errors


class OcsAdapter(AbstractComponent):
    """Runs queries on the OCS database and says clearly why one failed.

    An adapter reads the schema generations in ``_ocs_versions`` (all of them
    when it is None); component matching picks it by ``ocs.backend.version``.
    The session is ``work.ocs_client``, an
    :class:`odoo.addons.connector_ocs.lib.client.OcsClient`.
    """

    _name = "ocs.adapter"
    _inherit = ["base.backend.adapter", "ocs.base"]
    _ocs_versions = None

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        versions = cls._ocs_versions
        return versions is None or work.collection.version in versions

    def _query(self, sql, parameters=()):
        """Rows of one statement, as a list of dict.

        :raises NetworkRetryableError: OCS cannot be reached now
        :raises OcsConfigurationError: a person has to mend something
        """
        with self._clear_errors():
            return self.work.ocs_client.query(sql, parameters)

    @contextmanager
    def _snapshot(self):
        """All queries inside read OCS as it was at one moment."""
        with self._clear_errors(), self.work.ocs_client.snapshot():
            yield

    @contextmanager
    def _clear_errors(self):
        try:
            yield
        except (pymysql.MySQLError, OSError) as error:
            code = error.args[0] if error.args else 0
            if isinstance(error, OSError) or errors.is_transient(code):
                raise NetworkRetryableError(self._unreachable(error)) from error
            raise OcsConfigurationError(self._explain(code, error)) from error

    def _unreachable(self, error):
        backend = self.backend_record
        return self.env._(
            "The OCS database of %(backend)s did not answer at %(host)s:%(port)s. "
            "Check the host, the port and that the database server runs and "
            "accepts connections from Odoo. (%(error)s)",
            backend=backend.name,
            host=backend.host,
            port=backend.port,
            error=error,
        )

    def _explain(self, code, error):
        """Sentence with the remedy for an error number of MySQL."""
        backend = self.backend_record
        sentences = {
            "login_denied": self.env._(
                "OCS refused the user %(user)s: check the user name and the "
                "password. (%(error)s)"
            ),
            "host_denied": self.env._(
                "The server %(host)s does not accept connections from Odoo. Run on "
                "it: CREATE USER '%(user)s'@'<Odoo host>' IDENTIFIED BY "
                "'<password>'; GRANT SELECT ON %(database)s.* TO "
                "'%(user)s'@'<Odoo host>'; (%(error)s)"
            ),
            "database_denied": self.env._(
                "The user %(user)s may not read the database %(database)s. Run on "
                "the OCS server: GRANT SELECT ON %(database)s.* TO '%(user)s'@'<Odoo "
                "host>'; (%(error)s)"
            ),
            "table_denied": self.env._(
                "The user %(user)s may not read a table of OCS. Run on the OCS "
                "server: GRANT SELECT ON %(database)s.* TO '%(user)s'@'<Odoo "
                "host>'; (%(error)s)"
            ),
            "no_database": self.env._(
                "There is no database %(database)s on %(host)s: check its name; "
                "OCS calls it ocsweb by default. (%(error)s)"
            ),
            "no_table": self.env._(
                "%(database)s lacks a table of OCS. Check that it is the database "
                "of OCS Inventory; if it is, open the OCS console once: it "
                "finishes an upgrade that was interrupted. (%(error)s)"
            ),
            "no_column": self.env._(
                "%(database)s lacks a column that is read. If OCS was upgraded, "
                "press Test connection; if that says the same, open the OCS "
                "console once: it finishes an upgrade that was interrupted. "
                "(%(error)s)"
            ),
            "no_host": self.env._(
                "The host %(host)s is unknown: check its name. (%(error)s)"
            ),
            "no_tls": self.env._(
                "No secure connection to %(host)s: check that the database server "
                "offers TLS and that the certificate authority and the host name "
                "are those of its certificate. (%(error)s)"
            ),
            "no_mysql": self.env._(
                "What answers at %(host)s:%(port)s is no MySQL or MariaDB server: "
                "check the port. (%(error)s)"
            ),
            "clear_password": self.env._(
                "The server %(host)s asks for the password in clear text, which is "
                "only sent over a verified connection: set TLS to “Encrypted, "
                "certificate verified”, or give the user a password that the "
                "server keeps itself. (%(error)s)"
            ),
            "unknown": self.env._("The OCS database answered with an error: %(error)s"),
        }
        return sentences[errors.remedy(code)] % {
            "user": backend.user,
            "host": backend.host,
            "port": backend.port,
            "database": backend.database,
            "error": error,
        }
