# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Values as OCS stores them, made fit for Odoo."""

from datetime import datetime

import pytz

#: Dates before are a clock that was never set, or MySQL's year 0 or 1.
FIRST_YEAR = 1970


def clean_text(value):
    """Text of an OCS column, without what no reader wants to see.

    :param value: str, number or None
    :return: str, never None; NUL characters (PostgreSQL refuses them) and
        the spaces around are gone
    """
    if value is None:
        return ""
    return str(value).replace("\x00", "").strip()


def positive_int(value):
    """Number of an OCS column that means nothing unless it is positive.

    :param value: int, str or None (0, -1 and '' stand for "unknown" in OCS)
    :return: int, 0 when unknown
    """
    try:
        return max(int(value or 0), 0)
    except (TypeError, ValueError):
        return 0


def local_to_utc(value, timezone):
    """Date and time of OCS (the server's local time, without zone) in UTC.

    :param value: datetime, None, or the text '0000-00-00 00:00:00' that
        PyMySQL gives for a zero date
    :param timezone: name of the OCS server's time zone, such as 'Europe/Paris'
    :return: naive datetime in UTC, or None when there is no usable date
    """
    if not isinstance(value, datetime) or value.year < FIRST_YEAR:
        return None
    try:
        local = pytz.timezone(timezone).localize(value)
        return local.astimezone(pytz.utc).replace(tzinfo=None, microsecond=0)
    except OverflowError:  # the last day of year 9999, west of Greenwich
        return None


def utc_to_local(value, timezone):
    """Date and time in UTC as OCS stores it.

    :param value: naive datetime in UTC
    :param timezone: name of the OCS server's time zone
    :return: naive datetime
    """
    local = pytz.utc.localize(value).astimezone(pytz.timezone(timezone))
    return local.replace(tzinfo=None)
