# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Conversion of values as OCS stores them for Odoo."""

from datetime import datetime

import pytz

#: Earlier dates come from a clock that was never set, or are MySQL's year 0 or 1.
FIRST_YEAR = 1970


def clean_text(value):
    """Return the text of an OCS column without NUL characters and outer spaces.

    :param value: str, number or None
    :return: str, never None; PostgreSQL would reject NUL characters
    """
    if value is None:
        return ""
    return str(value).replace("\x00", "").strip()


def positive_int(value):
    """Return the number of an OCS column that is only valid if positive.

    :param value: int, str or None (0, -1 and '' mean "unknown" in OCS)
    :return: int, 0 if unknown
    """
    try:
        return max(int(value or 0), 0)
    except (TypeError, ValueError):
        return 0


def local_to_utc(value, timezone):
    """Convert a date and time from OCS, in the server's local time, to UTC.

    :param value: datetime, None, or the text '0000-00-00 00:00:00' that
        PyMySQL returns for a zero date
    :param timezone: name of the OCS server's time zone, such as 'Europe/Paris'
    :return: naive datetime in UTC, or None if there is no usable date
    """
    if not isinstance(value, datetime) or value.year < FIRST_YEAR:
        return None
    try:
        local = pytz.timezone(timezone).localize(value)
        return local.astimezone(pytz.utc).replace(tzinfo=None, microsecond=0)
    except OverflowError:  # the last day of year 9999, west of Greenwich
        return None


def utc_to_local(value, timezone):
    """Convert a date and time in UTC to the local time that OCS stores.

    :param value: naive datetime in UTC
    :param timezone: name of the OCS server's time zone
    :return: naive datetime
    """
    local = pytz.utc.localize(value).astimezone(pytz.timezone(timezone))
    return local.replace(tzinfo=None)
