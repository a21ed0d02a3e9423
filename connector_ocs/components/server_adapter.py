# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..exceptions import OcsConfigurationError
from ..lib import errors, grants, schema


class OcsServerAdapter(Component):
    """Adapter that inspects an OCS database before its version is known."""

    _name = "ocs.server.adapter"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"
    _tables = ("config", "blacklist_serials", "blacklist_macaddresses")

    def schema(self):
        """Return the number of the schema.

        :return: int (config.GUI_VERSION)
        :raises OcsConfigurationError: OCS has not stored one, or no number
        """
        rows = self._query("SELECT TVALUE FROM config WHERE NAME = 'GUI_VERSION'")
        text = rows[0]["TVALUE"] if rows else ""
        number = schema.parse_number(text)
        if number is None:
            raise OcsConfigurationError(
                self.env._(
                    "The OCS version of the database %(database)s is unknown: "
                    "config.GUI_VERSION is missing or not a number (“%(value)s”). Open "
                    "the OCS console once to finish the installation.",
                    database=self.backend_record.database,
                    value=text[:20],
                )
            )
        return number

    def count_computers(self):
        """Return the number of computers, including archived ones.

        :return: int (hardware, without groups)
        """
        rows = self._query(
            "SELECT COUNT(*) AS computers FROM hardware"
            " WHERE DEVICEID NOT IN ('_SYSTEMGROUP_', '_DOWNLOADGROUP_')"
        )
        return rows[0]["computers"]

    def read_identity(self):
        """Return what the database tells of itself.

        The schema is that of the backend, which each run detects when it starts.

        :return: dict {"server": str, UUID of the server, '' if it has none, "schema":
            int (config.GUI_VERSION), "created": int, seconds since 1970 when the oldest
            table was created, "next_id": int, the next hardware.ID}
        """
        variables = self._query(
            "SHOW VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid')"
        )
        (table,) = self._query_as_stored(
            "SELECT MIN(UNIX_TIMESTAMP(CREATE_TIME)) AS created,"
            " MAX(CASE WHEN TABLE_NAME = 'hardware' THEN AUTO_INCREMENT END) AS next_id"
            " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
        )
        return {
            "server": variables[0]["Value"] if variables else "",
            "schema": self.backend_record.schema_number,
            "created": int(table["created"] or 0),
            "next_id": int(table["next_id"] or 0),
        }

    def read_blacklists(self):
        """Return the serial numbers and MAC addresses in the blacklists of OCS.

        :return: dict {"serials": frozenset of casefolded texts, "macs": the same}
            (blacklist_serials.SERIAL, blacklist_macaddresses.MACADDRESS); None instead
            of a list that cannot be read, or that OCS does not have
        """
        return {
            "serials": self._read_blacklist("blacklist_serials", "SERIAL"),
            "macs": self._read_blacklist("blacklist_macaddresses", "MACADDRESS"),
        }

    def _read_blacklist(self, table, column):
        try:
            rows = self._query(f"SELECT {column} AS VALUE FROM {table}")
        except OcsConfigurationError as error:
            if errors.message_key(error.code) not in ("table_denied", "no_table"):
                raise
            return None
        values = {row["VALUE"].casefold() for row in rows}
        return frozenset(values - {""})

    def is_read_only(self):
        """Return whether the user has no privilege on this database but SELECT.

        :return: bool
        """
        return all(grant.privileges <= grants.READING for grant in self.grants())

    def grants(self):
        """Return what the user is allowed to do in this database, also by a role.

        :return: list of :class:`odoo.addons.connector_ocs.lib.grants.Grant`
        """
        rows = self._query_as_stored("SHOW GRANTS")
        statements = [next(iter(row.values())) for row in rows]
        database = self.backend_record.database
        found = filter(None, map(grants.parse, statements))
        return [grant for grant in found if grant.covers(database)]
