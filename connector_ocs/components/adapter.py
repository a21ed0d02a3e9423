# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

import pymysql

from odoo.addons.component.core import AbstractComponent
from odoo.addons.connector.exception import NetworkRetryableError

from ..error_messages import MESSAGES
from ..exceptions import OcsConfigurationError
from ..lib import errors


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

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        versions = cls._ocs_versions
        return versions is None or work.collection.version in versions

    def _query(self, sql, parameters=()):
        """Return the rows of one statement, as a list of dict.

        :raises NetworkRetryableError: OCS is temporarily unavailable
        :raises OcsConfigurationError: an administrator has to correct something
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
        }
