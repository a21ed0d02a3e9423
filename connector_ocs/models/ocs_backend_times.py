# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsBackendTimes(models.AbstractModel):
    """Times in texts that are stored, such as messages in the chatter.

    Whoever imports, and whoever reads: such a text names the time at the OCS server,
    and its time zone.
    """

    _name = "ocs.backend.times"
    _description = "Times in Messages of an OCS Backend (abstract)"

    def _local_time(self, date):
        """Return a time as it is stored in a message.

        :param date: naive datetime in UTC
        :return: text, such as "2026-01-02 10:00 (Europe/Paris)"
        """
        return f"{self._to_local(date):%Y-%m-%d %H:%M} ({self.tz})"

    def _local_day(self, date):
        """Return a day as it is stored in a message.

        :param date: naive datetime in UTC
        :return: text, such as "2026-01-02"
        """
        return f"{self._to_local(date):%Y-%m-%d}"

    def _to_local(self, date):
        return fields.Datetime.context_timestamp(self.with_context(tz=self.tz), date)
