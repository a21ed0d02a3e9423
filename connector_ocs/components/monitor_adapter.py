# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent

from ..lib.eligibility import GROUP_DEVICE_IDS
from ..lib.monitors import COLUMNS

#: Serial numbers searched for in one query.
SERIALS_PER_QUERY = 5000
#: A serial number as its normal form, but in lower case, see ``plain_serial``.
_PLAIN = "LOWER(REPLACE(monitors.SERIAL, ' ', ''))"


class OcsMonitorAdapter(AbstractComponent):
    """Adapter that reads which computers in OCS report the same monitors."""

    _name = "ocs.monitor.adapter"
    _inherit = "ocs.section.adapter"

    def find_repeated_monitors(self):
        """Return the serial numbers in several rows of monitors.

        :return: set of str, in any spelling
        """
        if not self._section("monitors"):
            return set()
        source, parameters = self._monitors_in_ocs()
        rows = self._query(
            f"SELECT {_PLAIN} AS VALUE FROM {source} AND monitors.SERIAL <> ''"
            " GROUP BY VALUE HAVING COUNT(*) > 1",
            parameters,
        )
        return {row["VALUE"] for row in rows}

    def read_monitors(self, serials):
        """Return the rows of monitors with some serial numbers.

        :param serials: collection of str, in normal form
        :return: list of dict with the columns of the monitor, and of its computer
            OWNER (hardware.ID), DEVICEID and LASTDATE
        """
        if not self._section("monitors"):
            return []
        source, parameters = self._monitors_in_ocs()
        columns = ", ".join(f"monitors.{column}" for column in COLUMNS.values())
        serials, rows = sorted({each.lower() for each in serials}), []
        for start in range(0, len(serials), SERIALS_PER_QUERY):
            values = serials[start : start + SERIALS_PER_QUERY]
            rows += self._query(
                "SELECT hardware.ID AS OWNER, hardware.DEVICEID, hardware.LASTDATE,"
                f" {columns} FROM {source} AND {_PLAIN} IN %s",
                (*parameters, values),
            )
        return rows

    def read_monitors_of(self, external_id):
        """Return the rows of the monitors of one computer.

        :param external_id: int, hardware.ID
        :return: list of dict with the columns of the monitors
        """
        if not self._section("monitors"):
            return []
        source, parameters = self._monitors_in_ocs()
        columns = ", ".join(f"monitors.{column}" for column in COLUMNS.values())
        return self._query(
            f"SELECT {columns} FROM {source} AND hardware.ID = %s",
            (*parameters, external_id),
        )

    def _monitors_in_ocs(self):
        """Return the SQL of the monitors of computers, and its parameters."""
        source = (
            "monitors JOIN hardware ON hardware.ID = monitors.HARDWARE_ID"
            " WHERE hardware.DEVICEID NOT IN %s"
        )
        if self._has_archive:
            source += " AND COALESCE(hardware.ARCHIVE, 0) = 0"
        return source, (sorted(GROUP_DEVICE_IDS),)
