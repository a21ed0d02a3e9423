# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Expected assets of a demo fleet, read from OCS without the addon."""

import re
from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

#: Placeholders of the firmware in the demo fleet.
BLACKLISTED_SERIALS = {
    "0",
    "None",
    "Default string",
    "System Serial Number",
    "To Be Filled By O.E.M.",
}

#: SQL of a capacity in MB before schema 7050, which stores the agent's own text.
TEXT_MB = """
    CASE WHEN CAPACITY REGEXP '^[0-9]+$' THEN CAST(CAPACITY AS SIGNED)
         WHEN CAPACITY REGEXP '^[0-9]+ GB$' THEN CAST(CAPACITY AS SIGNED) * 1024
         ELSE 0 END
"""

COMPUTERS = """
    SELECT
        h.ID AS external_id,
        COALESCE(NULLIF(TRIM(h.NAME), ''), h.DEVICEID) AS name,
        h.DEVICEID AS device_id,
        h.USERID AS ocs_user,
        a.TAG AS ocs_tag,
        h.LASTDATE AS last_inventory,
        TRIM(b.SMANUFACTURER) AS manufacturer,
        TRIM(b.SMODEL) AS model,
        b.TYPE AS chassis_type,
        TRIM(b.SSN) AS ocs_serial,
        TRIM(b.MSN) AS board_serial,
        b.BMANUFACTURER AS bios_manufacturer,
        b.BVERSION AS bios_version,
        b.BDATE AS bios_date,
        h.PROCESSORT AS processor,
        GREATEST(COALESCE(h.PROCESSORS, 0), 0) AS processor_mhz,
        GREATEST(COALESCE(h.PROCESSORN, 0), 0) AS processor_count,
        GREATEST(COALESCE(h.MEMORY, 0), 0) AS memory_mb,
        m.modules AS memory_modules,
        v.names AS graphics,
        h.OSNAME AS os_name,
        h.OSVERSION AS os_version,
        h.OSCOMMENTS AS os_comments,
        h.UUID AS hardware_uuid,
        h.WORKGROUP AS domain_name,
        h.IPADDR AS ip_address,
        n.addresses AS mac_addresses
    FROM hardware AS h
    LEFT JOIN bios AS b ON b.HARDWARE_ID = h.ID
    LEFT JOIN accountinfo AS a ON a.HARDWARE_ID = h.ID
    LEFT JOIN (
        SELECT HARDWARE_ID, GROUP_CONCAT(
            CONCAT(modules, 'x', mb, 'MB') ORDER BY mb DESC SEPARATOR ' + '
        ) AS modules
        FROM (
            SELECT HARDWARE_ID, {mb} AS mb, COUNT(*) AS modules
            FROM memories GROUP BY HARDWARE_ID, {mb}
        ) AS sizes
        WHERE mb > 0 AND mb < 2147483647
        GROUP BY HARDWARE_ID
    ) AS m ON m.HARDWARE_ID = h.ID
    LEFT JOIN (
        SELECT HARDWARE_ID,
            GROUP_CONCAT(TRIM(NAME) ORDER BY ID SEPARATOR ', ') AS names
        FROM videos WHERE TRIM(NAME) <> '' GROUP BY HARDWARE_ID
    ) AS v ON v.HARDWARE_ID = h.ID
    LEFT JOIN (
        SELECT HARDWARE_ID, GROUP_CONCAT(
            DISTINCT MACADDR ORDER BY MACADDR SEPARATOR ', '
        ) AS addresses
        FROM networks
        WHERE MACADDR REGEXP '^([0-9A-F][0-9A-F]:){{5}}[0-9A-F][0-9A-F]$'
            AND MACADDR NOT IN ('50:50:54:50:30:30', '00:00:00:00:00:00')
        GROUP BY HARDWARE_ID
    ) AS n ON n.HARDWARE_ID = h.ID
    WHERE {importable}
"""

MONITORS = """
    SELECT m.*, h.LASTDATE FROM monitors AS m JOIN hardware AS h ON h.ID = m.HARDWARE_ID
    WHERE {importable}
"""

EXCLUDED = """
    SELECT ID, IF(DEVICEID LIKE '\\\\_%%GROUP\\\\_', 'group', 'archived') AS reason
    FROM hardware AS h WHERE NOT ({importable})
"""

ORPHANS = """
    SELECT HARDWARE_ID AS ID, 'orphan' AS reason FROM (
        SELECT HARDWARE_ID FROM bios UNION SELECT HARDWARE_ID FROM accountinfo
        UNION SELECT HARDWARE_ID FROM memories UNION SELECT HARDWARE_ID FROM videos
        UNION SELECT HARDWARE_ID FROM monitors UNION SELECT HARDWARE_ID FROM networks
    ) AS sections WHERE HARDWARE_ID NOT IN (SELECT ID FROM hardware)
"""


COMPONENTS = """
    SELECT HARDWARE_ID, 'memory' AS kind, COUNT(*) AS number,
        SUM(IF({mb} BETWEEN 1 AND 2147483646, {mb}, 0)) AS size
    FROM memories GROUP BY HARDWARE_ID
    UNION SELECT HARDWARE_ID, 'processor', COUNT(*), 0 FROM cpus GROUP BY HARDWARE_ID
    UNION SELECT HARDWARE_ID, 'disk', COUNT(*), SUM(GREATEST(COALESCE(DISKSIZE, 0), 0))
    FROM storages WHERE DISKSIZE > 0 OR TRIM(CONCAT_WS(
        '', MANUFACTURER, NAME, MODEL, DESCRIPTION, TYPE, SERIALNUMBER
    )) <> '' GROUP BY HARDWARE_ID
    UNION SELECT HARDWARE_ID, 'volume', COUNT(*), SUM(GREATEST(COALESCE(TOTAL, 0), 0))
    FROM drives GROUP BY HARDWARE_ID
    UNION SELECT HARDWARE_ID, 'network',
        COUNT(DISTINCT COALESCE(MACADDR, ''), COALESCE(DESCRIPTION, '')), 0
    FROM networks GROUP BY HARDWARE_ID
    UNION SELECT HARDWARE_ID, 'graphics', COUNT(*), 0 FROM videos
    WHERE TRIM(NAME) <> '' OR TRIM(CHIPSET) <> '' GROUP BY HARDWARE_ID
    {batteries}
"""

BATTERIES = """
    UNION SELECT HARDWARE_ID, 'battery', COUNT(*), 0 FROM batteries GROUP BY HARDWARE_ID
"""


class FleetReading:
    """Reader of the whole content of an OCS database.

    :param sql: function that runs a statement and returns a list of dict
    :param schema: config.GUI_VERSION, int
    :param timezone: name of the time zone of the OCS server
    """

    def __init__(self, sql, schema, timezone):
        self._sql = sql
        self._zone = ZoneInfo(timezone)
        importable = "h.DEVICEID NOT IN ('_SYSTEMGROUP_', '_DOWNLOADGROUP_')"
        if schema >= 7034:
            importable += " AND COALESCE(h.ARCHIVE, 0) = 0"
        mb = "CAPACITY" if schema >= 7050 else TEXT_MB
        self._parts = {
            "importable": importable,
            "mb": mb,
            "batteries": BATTERIES if schema >= 7080 else "",
        }

    def _rows(self, statement):
        return self._sql(statement.format(**self._parts))

    def computers(self):
        """Return {hardware.ID: {field: value}} of the rows that should be assets."""
        return {
            row.pop("external_id"): {
                field: self._value(self._named(field, value))
                for field, value in row.items()
            }
            for row in self._rows(COMPUTERS)
        }

    def _named(self, field, value):
        """Return a value, '' for a placeholder of the firmware."""
        is_placeholder = value in BLACKLISTED_SERIALS
        return "" if is_placeholder and field.endswith("manufacturer") else value

    def _value(self, value):
        if isinstance(value, datetime):
            return self._utc(value)
        if value == "0000-00-00 00:00:00":
            return False
        return False if value in ("", None) else value

    def _utc(self, local):
        """Return UTC: the first moment of an hour that exists twice."""
        return local - local.replace(tzinfo=self._zone, fold=0).utcoffset()

    def monitors(self, has_owner=lambda serial, places: len(places) == 1):
        """Return {hardware.ID: list of (name, model, serial number, own one)}.

        A serial number that several computers report is no monitor's own one: each of
        them has a monitor.

        :param has_owner: function that gets a serial number and the set of hardware.ID
            that report it; whether only the one that was inventoried last has the
            monitor
        """
        found, reported = defaultdict(list), defaultdict(dict)
        for row in self._rows(MONITORS):
            caption, serial = row["CAPTION"], row["SERIAL"]
            key = (caption or row["DESCRIPTION"], self._model(row), serial)
            if serial:
                reported[serial][row["HARDWARE_ID"]] = (*self._seen(row), key)
            elif any(row[each] for each in ("CAPTION", "DESCRIPTION", "MANUFACTURER")):
                found[row["HARDWARE_ID"]].append((*key, ""))
        for serial, places in reported.items():
            is_owned = has_owner(serial, set(places))
            owners = [max(places.values())] if is_owned else places.values()
            for *_seen, external_id, key in owners:
                found[external_id].append((*key, serial if is_owned else ""))
        return found

    @staticmethod
    def _model(row):
        """Return the caption without the manufacturer, '' for any monitor's name."""
        caption = "" if row["CAPTION"] == "Generic PnP Monitor" else row["CAPTION"]
        return (
            re.sub("^(DELL|HP|LEN|LG) ", "", caption)
            if row["MANUFACTURER"]
            else caption
        )

    @staticmethod
    def _seen(row):
        seen = row["LASTDATE"]
        return isinstance(seen, datetime) and seen, row["HARDWARE_ID"]

    def shared_monitors(self):
        """Return {serial number: set of hardware.ID} of those that several report."""
        found = defaultdict(set)
        for row in self._rows(MONITORS):
            found[row["SERIAL"]].add(row["HARDWARE_ID"])
        return {
            serial: places
            for serial, places in found.items()
            if serial and len(places) > 1
        }

    def components(self):
        """Return {hardware.ID: {kind: (number, MB)}} of the components."""
        found = defaultdict(dict)
        for row in self._rows(COMPONENTS):
            found[row["HARDWARE_ID"]][row["kind"]] = (row["number"], int(row["size"]))
        return found

    def issues(self):
        """Return {hardware.ID: reason} of the rows that should not be assets."""
        rows = [*self._rows(EXCLUDED), *self._sql(ORPHANS)]
        return {row["ID"]: row["reason"] for row in rows}
