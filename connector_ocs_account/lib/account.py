# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Administrative data of OCS (table accountinfo), converted for Odoo."""

import html
import re
from datetime import date, datetime
from typing import NamedTuple

#: Kinds of fields by accountinfo_config.TYPE; any other type is read as text.
KINDS = {
    0: "text",
    1: "textarea",
    2: "select",
    5: "checkbox",
    11: "radio",
    14: "date",
}

#: Kinds whose values are keys of a list of labels.
KINDS_WITH_OPTIONS = ("select", "checkbox", "radio")

#: Separator between the keys of ticked check boxes, and after the last one.
TICKED_SEPARATOR = "&&&"

#: The console stores this date if a date field is left empty.
NO_DATE = date(1970, 1, 1)

#: Orders of day, month and year in which the OCS console displays dates, and in which
#: older consoles stored them as text.
DATE_ORDERS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}

#: SQL types of the columns of numbers: OCS 2.12 has a kind of field with numbers only.
_NUMERIC = re.compile(
    r"(tiny|small|medium|big)?int|decimal|numeric|float|double", re.IGNORECASE
)
_COLUMN = re.compile(r"TAG|fields_\d+", re.ASCII | re.IGNORECASE)
_OPTION = re.compile(r"ACCOUNT_VALUE_(.+)_[^_]*", re.IGNORECASE | re.DOTALL)
_TRUE, _FALSE = {"1", "yes", "true", "on"}, {"0", "no", "false", "off"}


class Content(NamedTuple):
    """Content of an OCS field, with the labels of its options."""

    #: str; date for a date; tuple of labels for check boxes
    value: object
    #: keys of options that have no label, or no longer have one
    unknown: tuple = ()


def is_filled(text):
    """Return whether a column of accountinfo has a value.

    :param text: str; '' or None without a value, and a date of zeros in old databases
    """
    return bool(text) and not str(text).startswith("0000-00-00")


class Unusable(ValueError):
    """Value that the target cannot hold.

    ``args[0]`` says why: 'date', 'date_order', 'number', 'boolean', 'choice' or
    'target'.
    """


def is_column(name):
    """Return whether OCS generates such a name, which is then safe in a query."""
    return bool(_COLUMN.fullmatch(name or ""))


def kind(number, sql_type):
    """Return the kind of a field.

    Fields of numbers are known by their column: their TYPE depends on the version.

    :param number: int, accountinfo_config.TYPE
    :param sql_type: str, type of the column in accountinfo, such as 'int(11)'
    :return: str, one of the values of KINDS, 'number' or 'other'
    """
    known = KINDS.get(number)
    return known or ("number" if _NUMERIC.match(sql_type) else "other")


def option_field(name):
    """Return the field whose option a row of the table config holds.

    :param name: str, config.NAME, such as ACCOUNT_VALUE_STATE_2
    :return: accountinfo_config.NAME in lower case, '' if the row is no option
    """
    found = _OPTION.fullmatch(name or "")
    return found[1].lower() if found else ""


def read(kind, text, options, date_order=""):
    """Read the content of a column of accountinfo.

    :param kind: str, one of the values of KINDS, 'number' or 'other'
    :param text: str, or int in a column of numbers: the column's content
    :param options: dict {key: label}
    :param date_order: key of DATE_ORDERS, '' if not configured
    :return: :class:`Content`; its value is empty if the column is
    :raises Unusable: the text of a date is not a date
    """
    text = str(text)
    if kind == "date":
        return Content(parse_date(text, date_order))
    if kind == "checkbox":
        keys = [each.strip() for each in text.split(TICKED_SEPARATOR)]
        return _labels([key for key in keys if key], options)
    if kind in KINDS_WITH_OPTIONS and text:
        labels, unknown = _labels([text], options)
        return Content(labels[0], unknown)
    return Content(text.replace("\r\n", "\n"))


def _labels(keys, options):
    """Return the labels of keys; a key without label, or a label, is kept."""
    known = set(options.values())
    unknown = [key for key in keys if key not in options and key not in known]
    return Content(tuple(options.get(key, key) for key in keys), tuple(unknown))


def parse_date(text, order=""):
    """Parse a date from OCS.

    :param text: str, '2026-01-31', possibly with a time; '31/01/2026' or '01/31/2026'
        in a column that an old console created
    :param order: key of DATE_ORDERS for the latter
    :return: date, None if empty (zero dates, and 1970-01-01 or before, which the
        console stores if a date field is left empty)
    :raises Unusable: it is no date, or day and month are ambiguous
    """
    words = text.split()
    if not words or words[0].startswith("0000"):
        return None
    found = _parse_day(words[0], order)
    return found if found > NO_DATE else None


def _parse_day(word, order):
    orders = [DATE_ORDERS[order]] if order else DATE_ORDERS.values()
    formats = ["%Y-%m-%d", "%Y/%m/%d", *orders]
    found = {each for each in (_strptime(word, each) for each in formats) if each}
    if not found:
        raise Unusable("date")
    if len(found) > 1:
        raise Unusable("date_order")
    return found.pop()


def _strptime(word, form):
    try:
        return datetime.strptime(word, form).date()
    except ValueError:
        return None


def as_text(value):
    """Return the value of a content as text.

    :param value: value of a :class:`Content`
    :return: str
    """
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else value or ""


def as_html(value):
    """Return the value of a content as HTML, with all text from OCS escaped.

    :return: str
    """
    text = as_text(value)
    lines = "<br>".join(html.escape(line, quote=False) for line in text.splitlines())
    return f"<p>{lines}</p>" if lines else ""


def as_number(value):
    """Return the value of a content as a number.

    :return: float; 0.0 if empty
    :raises Unusable: it is not a number, or ambiguous ('1,234': one thousand or one)
    """
    text = re.sub(r"[\s\u00a0\u202f]", "", as_text(value))
    if not text:
        return 0.0
    if re.fullmatch(r"[+-]?\d+(,\d{1,2})?", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", text) or len(text) > 15:
        raise Unusable("number")
    return float(text)


def as_integer(value):
    """Return the value of a content as an integer.

    :return: int; 0 if empty
    :raises Unusable: it is not an integer, or too big for a column of Odoo
    """
    number = as_number(value)
    if not number.is_integer() or abs(number) >= 2**31:
        raise Unusable("number")
    return int(number)


def as_boolean(value):
    """Return the value of a content as a boolean; True if any box is ticked.

    :return: bool; False if empty
    :raises Unusable: it is not a boolean
    """
    if isinstance(value, tuple):
        return bool(value)
    word = as_text(value).lower()
    if word and word not in _TRUE | _FALSE:
        raise Unusable("boolean")
    return word in _TRUE


def as_date(value, order=""):
    """Return the value of a content as a date.

    :return: date, None if empty
    :raises Unusable: it is not a date
    """
    return value if isinstance(value, date) else parse_date(as_text(value), order)


def choose(value, choices):
    """Return the key of the choice whose label is the value of a content.

    :param choices: pairs of key and label; a label may occur several times
    :return: key, False if empty
    :raises Unusable: no choice has this label, or several have it
    """
    text = as_text(value).casefold()
    if not text:
        return False
    keys = {key for key, label in choices if text == str(label).strip().casefold()}
    if len(keys) != 1:
        raise Unusable("choice")
    return keys.pop()
