# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re

from odoo.addons.component.core import Component

from ..exceptions import OcsConfigurationError
from ..lib import errors
from ..lib.values import clean_text


class OcsServerAdapter(Component):
    """Reads what kind of OCS database it is, before its version is known."""

    _name = "ocs.server.adapter"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"

    def schema(self):
        """Number of the schema.

        :return: int (config.GUI_VERSION)
        :raises OcsConfigurationError: OCS did not write one
        """
        rows = self._query("SELECT TVALUE FROM config WHERE NAME = 'GUI_VERSION'")
        number = str(rows[0]["TVALUE"] or "").strip() if rows else ""
        if not number.isdigit():
            raise OcsConfigurationError(
                self.env._(
                    "The database %s does not say which version of OCS it "
                    "belongs to (config.GUI_VERSION): open the OCS console once, "
                    "it finishes the installation.",
                    self.backend_record.database,
                )
            )
        return int(number)

    def count_computers(self):
        """Number of rows that are computers, archived ones included.

        :return: int (hardware, without groups)
        """
        rows = self._query(
            "SELECT COUNT(*) AS computers FROM hardware"
            " WHERE DEVICEID NOT IN ('_SYSTEMGROUP_', '_DOWNLOADGROUP_')"
        )
        return rows[0]["computers"]

    def read_blacklists(self):
        """Serial numbers and MAC addresses that OCS takes for placeholders.

        :return: dict {"serials": frozenset of casefolded texts, "macs": the same}
            (blacklist_serials.SERIAL, blacklist_macaddresses.MACADDRESS); None instead
            of a list that may not be read, or that OCS does not have
        """
        return {
            "serials": self._listed("blacklist_serials", "SERIAL"),
            "macs": self._listed("blacklist_macaddresses", "MACADDRESS"),
        }

    def _listed(self, table, column):
        try:
            rows = self._query(f"SELECT {column} AS VALUE FROM {table}")
        except OcsConfigurationError as error:
            if errors.message_key(error.code) not in ("table_denied", "no_table"):
                raise
            return None
        values = {clean_text(row["VALUE"]).casefold() for row in rows}
        return frozenset(values - {""})

    def is_read_only(self):
        """Whether the user has no right on this database but to read.

        :return: bool (SHOW GRANTS)
        """
        grants = [next(iter(row.values())) for row in self._query("SHOW GRANTS")]
        database = self.backend_record.database
        return all(_only_reads(grant) for grant in grants if _is_about(grant, database))


def _is_about(grant, database):
    """Whether a statement such as GRANT … ON `ocs\\_web`.* TO … covers a database."""
    _rights, on, target = grant.partition(" ON ")
    pattern = target.partition(".")[0].strip("`").replace("\\", "")
    return not on or pattern in ("*", database) or "%" in pattern


def _only_reads(grant):
    """Whether a statement such as GRANT SELECT (ID), UPDATE ON … is harmless."""
    rights = grant.removeprefix("GRANT ").partition(" ON ")[0]
    without_columns = re.sub(r"\([^)]*\)", "", rights)
    names = {name.strip() for name in without_columns.split(",")}
    return names <= {"USAGE", "SELECT"}
