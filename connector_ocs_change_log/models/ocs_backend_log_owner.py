# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import hashlib

from odoo import models

from ..lib.change_log_owner import Owner

#: The files of a copy may have the same identifiers, but not in the same place on the
#: same host. Only some roles may read ``data_directory``; others do not get its row.
_IDENTITY = """
    SELECT datname, oid::text,
           (SELECT string_agg(setting, ' ' ORDER BY name) FROM pg_settings
             WHERE name IN ('cluster_name', 'data_directory', 'port'))
      FROM pg_database WHERE datname = current_database()
"""
#: Only a restored backup, or a standby that was promoted, has another timeline.
_CLUSTER = """
    SELECT system_identifier::text, timeline_id::text
      FROM pg_control_system(), pg_control_checkpoint()
"""
_MAY_READ_CLUSTER = """
    SELECT has_function_privilege('pg_control_system()', 'EXECUTE')
       AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
"""
_STARTED = "SELECT (EXTRACT(EPOCH FROM pg_postmaster_start_time()) * 1000000)::bigint"


class OcsBackendLogOwner(models.AbstractModel):
    """What distinguishes a backend, as the owner of a change log, from its copies."""

    _name = "ocs.backend.log.owner"
    _description = "Owner of an OCS Change Log (abstract)"

    def _change_log_owner(self):
        """Return this backend as the owner of a change log.

        Another backend and every copy of this database have another key.

        :return: ``Owner`` of ``lib/change_log_owner.py``
        """
        self.ensure_one()
        identity = "\n".join((*self._database_identity(), str(self.id)))
        # sudo: system parameters
        url = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        return Owner(
            hashlib.sha256(identity.encode()).hexdigest(),
            f"{self.name} ({self.env.cr.dbname}, {url})",
            self._database_started(),
        )

    def _database_identity(self):
        """Return what distinguishes this database from copies of it.

        Odoo renews the UUID only if its database manager makes the copy.

        :return: list of str
        """
        # sudo: system parameters
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        found = [uuid, *self._query_database(_IDENTITY)]
        if all(self._query_database(_MAY_READ_CLUSTER)):
            found += self._query_database(_CLUSTER)
        return [part or "" for part in found]

    def _database_started(self):
        """Return when the PostgreSQL server was started, in µs since 1970."""
        return int(self._query_database(_STARTED)[0])

    def _query_database(self, sql):
        self.env.cr.execute(sql)
        return self.env.cr.fetchone()
