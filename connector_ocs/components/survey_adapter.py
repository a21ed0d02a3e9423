# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import errors
from .computer_adapter_shared import SPELLINGS

#: Days after which a computer is unlikely to be in use any more.
UNSEEN_DAYS = 90

#: Rows, TAGs and shared serial numbers that are read at once, which limits memory use.
PAGE, MAX_TAGS, MAX_SHARED = 5000, 50, 1000
#: Shared serial numbers that are named.
EXAMPLES = 3

#: What a survey cannot tell, because the user may not read it or OCS lacks it.
_UNREADABLE = errors.ABOUT_TABLE | {"no_column"}


class OcsSurveyAdapter(AbstractComponent):
    """Adapter that looks at all of OCS, to show what an import would find."""

    _name = "ocs.survey.adapter"
    _inherit = "ocs.shared.adapter"

    def survey(self):
        """Return what is in OCS; computers that are archived there do not count.

        :return: dict of values that JSON can hold, without those of sections that the
            backend does not import; None instead of a value that cannot be read::

                {"computers": int, "monitors": int, "names": computers whose name is
                 that of another, "unseen": computers without an inventory for
                 UNSEEN_DAYS days, "no_bios": computers without a row in bios,
                 "utc_offset": seconds that the clock of the database is ahead of UTC,
                 "tags": {"number": int, "top": list of [TAG, computers]},
                 "serials": {"missing": computers without one, "placeholders": int,
                 "shared": [computers, values, list of examples]}}
        """
        return {
            name: self._read_or_none(read)
            for name, (table, read) in self._parts().items()
            if self._section(table)
        }

    def _parts(self):
        return {
            "computers": ("hardware", self._count_live),
            "monitors": ("monitors", self._count_monitors),
            "names": ("hardware", self._count_same_names),
            "unseen": ("hardware", self._count_unseen),
            "no_bios": ("bios", self._count_without_bios),
            "utc_offset": ("hardware", self._read_utc_offset),
            "tags": ("accountinfo", self._survey_tags),
            "serials": ("bios", self._survey_serials),
        }

    def _read_or_none(self, read):
        try:
            return read()
        except OcsConfigurationError as error:
            if errors.message_key(error.code) not in _UNREADABLE:
                raise
            return None

    def _value(self, sql, parameters=()):
        """Return the only value of the only row, as int."""
        (row,) = self._query(f"SELECT {sql}", parameters)
        return int(next(iter(row.values())) or 0)

    def _count_live(self):
        return self._value(f"COUNT(*) AS N FROM hardware WHERE {self._is_live}")

    def _count_monitors(self):
        return self._value(
            "COUNT(*) AS N FROM monitors JOIN hardware ON hardware.ID = HARDWARE_ID"
            f" WHERE {self._is_live}"
        )

    def _count_same_names(self):
        return self._value(
            f"SUM(NUMBER) AS N FROM (SELECT COUNT(*) AS NUMBER FROM hardware"
            f" WHERE NAME <> '' AND {self._is_live} GROUP BY UPPER(NAME)"
            " HAVING NUMBER > 1) AS same"
        )

    def _count_unseen(self):
        return self._value(
            f"COUNT(*) AS N FROM hardware WHERE {self._is_live}"
            " AND COALESCE(LASTDATE < NOW() - INTERVAL %s DAY, TRUE)",
            (UNSEEN_DAYS,),
        )

    def _count_without_bios(self):
        return self._value(
            f"COUNT(*) AS N FROM hardware WHERE {self._is_live} AND NOT EXISTS"
            " (SELECT 1 FROM bios WHERE bios.HARDWARE_ID = hardware.ID)"
        )

    def _read_utc_offset(self):
        return self._value("TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS N")

    def _survey_tags(self):
        live = (
            "FROM accountinfo JOIN hardware ON hardware.ID = HARDWARE_ID"
            f" WHERE {self._is_live}"
        )
        rows = self._query(
            f"SELECT TAG, COUNT(*) AS NUMBER {live}"
            " GROUP BY TAG ORDER BY NUMBER DESC, TAG LIMIT %s",
            (MAX_TAGS,),
        )
        return {
            "number": self._value(f"COUNT(DISTINCT COALESCE(TAG, '')) AS N {live}"),
            "top": [[row["TAG"] or "", row["NUMBER"]] for row in rows],
        }

    def _survey_serials(self):
        missing, placeholders = self._count_placeholders()
        return {
            "missing": missing,
            "placeholders": placeholders,
            "shared": self._survey_shared_serials(),
        }

    def _count_placeholders(self):
        """Return how many computers have no serial number, and a placeholder."""
        is_placeholder, last = self.backend_record._blacklist().has_serial, 0
        missing, placeholders = 0, 0
        while rows := self._read_serials_after(last):
            last = rows[-1]["OWNER"]
            serials = [row["SSN"] for row in rows]
            present = [serial for serial in serials if serial]
            missing += len(serials) - len(present)
            placeholders += sum(map(is_placeholder, present))
        return missing, placeholders

    def _read_serials_after(self, last):
        return self._query(
            "SELECT HARDWARE_ID AS OWNER, SSN FROM bios"
            " JOIN hardware ON hardware.ID = HARDWARE_ID"
            f" WHERE HARDWARE_ID > %s AND {self._is_live}"
            " ORDER BY HARDWARE_ID LIMIT %s",
            (last, PAGE),
        )

    def _survey_shared_serials(self):
        rows = self._query(
            "SELECT MIN(SSN) AS SSN, COUNT(DISTINCT HARDWARE_ID) AS NUMBER FROM bios"
            " JOIN hardware ON hardware.ID = HARDWARE_ID"
            f" WHERE SSN <> '' AND {self._is_live}"
            f" GROUP BY {SPELLINGS['ocs_serial']}"
            " HAVING NUMBER > 1 ORDER BY NUMBER DESC, SSN LIMIT %s",
            (MAX_SHARED,),
        )
        is_placeholder = self.backend_record._blacklist().has_serial
        shared = [row for row in rows if not is_placeholder(row["SSN"])]
        computers = sum(row["NUMBER"] for row in shared)
        return [computers, len(shared), [row["SSN"] for row in shared[:EXAMPLES]]]
