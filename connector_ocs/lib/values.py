# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Conversion of values as OCS stores them for Odoo."""

import re
from datetime import datetime

import pytz

#: Value of an integer column of MySQL after an overflow in the agent.
OVERFLOW = 2147483647

#: No operating system supports more processors: larger numbers are errors of an agent.
MOST_PROCESSORS = 8192

#: Earlier dates come from a clock that was never set, or are MySQL's year 0 or 1.
FIRST_YEAR = 1970


#: Stands for bytes of OCS that are no text.
REPLACEMENT = "\ufffd"

#: Characters that nobody sees, but that stop PostgreSQL (NUL) or a terminal, or show
#: text in another order than it is stored: control characters except tabs and ends of
#: lines, those that change the direction, mark it or have no width, and surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def clean_text(value):
    """Return the text of an OCS column without invisible characters and outer spaces.

    :param value: str, number or None
    :return: str, never None
    """
    if value is None:
        return ""
    return _INVISIBLE.sub("", str(value)).strip()


def clean_rows(rows):
    """Return rows of OCS with clean text.

    :param rows: list of dict {column: value}
    :return: list of dict {column: int, datetime or clean str}; '' stands for NULL, and
        any other value is text, too
    """
    return [
        {
            column: value if isinstance(value, int | datetime) else clean_text(value)
            for column, value in row.items()
        }
        for row in rows
    ]


def as_texts(rows):
    """Return rows whose values are all text, whatever types the columns have.

    :param rows: list of dict {column: value}
    :return: list of dict {column: str}; '' stands for None
    """
    return [
        {column: "" if value is None else str(value) for column, value in row.items()}
        for row in rows
    ]


def positive_int(value):
    """Return the number of an OCS column that is only valid if positive.

    :param value: int, str or None (0, -1 and '' mean "unknown" in OCS, and so does
        an overflow)
    :return: int, 0 if unknown
    """
    try:
        number = int(value or 0)
    except (TypeError, ValueError):
        return 0
    return number if 0 < number < OVERFLOW else 0


def processor_number(value):
    """Return a number of processors or cores; 0 if it is unknown or impossible.

    :param value: int, str or None, such as cpus.LOGICAL_CPUS
    """
    number = positive_int(value)
    return number if number <= MOST_PROCESSORS else 0


def local_to_utc(value, timezone, known=None):
    """Convert a date and time from OCS, in the server's local time, to UTC.

    OCS does not say which one it means of the two moments of an hour that the end of
    daylight saving time repeats. It is the first one, unless a later moment is known:
    the date of an inventory is never in the future, and never goes back.

    :param value: datetime, None, or the text '0000-00-00 00:00:00' that
        PyMySQL returns for a zero date
    :param timezone: name of the OCS server's time zone, such as 'Europe/Paris'
    :param known: naive datetime in UTC of the latest known inventory, None or False
    :return: naive datetime in UTC, or None if there is no usable date
    """
    if not isinstance(value, datetime) or value.year < FIRST_YEAR:
        return None
    zone, value = pytz.timezone(timezone), value.replace(microsecond=0)
    try:
        first, second = _moments(value, zone)
    except OverflowError:  # the last day of year 9999, west of Greenwich
        return None
    return second if known and first < known <= second else first


def _moments(value, zone):
    """Return the first and the second moment of a local time, in UTC.

    They are equal, except for an hour that occurs twice.
    """
    try:
        choices = [zone.localize(value, is_dst=None)]
    except pytz.AmbiguousTimeError:
        choices = [zone.localize(value, is_dst=is_dst) for is_dst in (True, False)]
    except pytz.NonExistentTimeError:
        choices = [zone.localize(value)]
    found = [each.astimezone(pytz.utc).replace(tzinfo=None) for each in choices]
    return min(found), max(found)


def utc_to_local(value, timezone):
    """Convert a date and time in UTC to the local time that OCS stores.

    :param value: naive datetime in UTC
    :param timezone: name of the OCS server's time zone
    :return: naive datetime
    """
    local = pytz.utc.localize(value).astimezone(pytz.timezone(timezone))
    return local.replace(tzinfo=None)
