# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Descriptions of monitors, and the rule that decides who has a serial number.

A description is a dict with the columns of OCS (caption, description, manufacturer and
serial) and what they say: name, model, manufacture_week and manufacture_year (0 if
unknown).
"""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from .values import as_texts

#: Columns of monitors by key of a description.
COLUMNS = {
    "caption": "CAPTION",
    "description": "DESCRIPTION",
    "manufacturer": "MANUFACTURER",
    "serial": "SERIAL",
}

#: Year that the EDID of a monitor stores as 0.
FIRST_YEAR = 1990
#: Weeks that the EDID knows: a calendar may have a part of a week at both ends.
LAST_WEEK = 54

#: A monitor that moves three times between two computers within this time is behind a
#: switch.
SWITCHED_WITHIN = timedelta(days=30)

#: Week and year of manufacture: '3/2006', or behind the identifier of the model on
#: Windows, 'SAM.0D4F.0A0B0C0D (17/2017)'.
_MADE = re.compile(r"(?:^|\()\s*(?:(\w*)\s*/\s*)?(\d{4})\s*\)?$")
#: Identifier of the model in the EDID: three letters and four hexadecimal digits.
_EDID_ID = re.compile(r"[A-Z]{3}\W?[0-9A-F]{4}(\W[0-9A-F]+)?", re.IGNORECASE)
#: Names that an operating system gives to any monitor, in any language.
_GENERIC = re.compile(r"pnp|plug.{0,5}play", re.IGNORECASE)


def parse_made(description):
    """Return the week and year of manufacture.

    :param description: monitors.DESCRIPTION
    :return: two int, 0 if unknown; a week outside the calendar is not one
    """
    found = _MADE.search(description)
    if not found:
        return 0, 0
    week, year = found.groups()
    week = int(week) if week and week.isdecimal() else 0
    week = week if week <= LAST_WEEK else 0
    is_known = int(year) > FIRST_YEAR or (int(year) == FIRST_YEAR and week)
    return (week, int(year)) if is_known else (0, 0)


def parse_model(caption, manufacturer):
    """Return the model, which is the caption without the name of the manufacturer.

    :param caption: monitors.CAPTION
    :param manufacturer: monitors.MANUFACTURER, a name or a code of three letters
    :return: str, '' for a name that any monitor may have
    """
    if _GENERIC.search(caption):
        return ""
    first, _blank, model = caption.partition(" ")
    return model.strip() if model and _is_maker(first, manufacturer) else caption


def _is_maker(word, manufacturer):
    """Return whether a word is the name of a manufacturer, its start or initials."""
    word, words = word.casefold(), manufacturer.casefold().split()
    if len(word) < 2 or not word.isalpha() or not words:
        return False
    initials = "".join(each[0] for each in words)
    name = words[0]
    return word == initials or name.startswith(word) or word.startswith(name)


def describe(row):
    """Return the description of a monitor.

    Without a caption, its name is what else is known of it, '' if that is nothing.

    :param row: dict of the columns in :data:`COLUMNS`
    """
    texts = {key: row[column] for key, column in COLUMNS.items()}
    caption, manufacturer = texts["caption"], texts["manufacturer"]
    week, year = parse_made(texts["description"])
    return {
        **texts,
        "name": caption or _name(manufacturer, texts["description"]),
        "model": parse_model(caption, manufacturer),
        "manufacture_week": week,
        "manufacture_year": year,
    }


def _name(manufacturer, description):
    text = _MADE.sub("", description).strip()
    text = "" if _EDID_ID.fullmatch(text) else text
    return " ".join(each for each in (manufacturer, text) if each)


def complete(monitor, known):
    """Return a description with what is known of the same monitor besides.

    :param monitor: description; its values count first
    :param known: description; a name that any monitor may have says less than a model
    """
    caption = _first("model", monitor, known) or _first("caption", monitor, known)
    made = _first("manufacture_year", monitor, known)
    described = made or _first("description", monitor, known)
    manufacturer = _first("manufacturer", monitor, known)
    return describe(
        {
            "CAPTION": caption.get("caption", ""),
            "DESCRIPTION": described.get("description", ""),
            "MANUFACTURER": manufacturer.get("manufacturer", ""),
            "SERIAL": monitor["serial"] or known["serial"],
        }
    )


def _first(key, *monitors):
    """Return the first of some descriptions that has a value, {} if none has one."""
    return next((monitor for monitor in monitors if monitor[key]), {})


def are_different(one, other, ignored=()):
    """Return whether a known value shows that two descriptions are two monitors.

    :param ignored: keys of values that do not count
    """
    differ = {
        "manufacturer": _makers_differ(one["manufacturer"], other["manufacturer"]),
        "model": _models_differ(one["model"], other["model"]),
        "made": _dates_differ(one, other),
    }
    return any(differ[key] for key in differ if key not in ignored)


def _makers_differ(one, other):
    """Compare the first words; a name cannot be compared with a code."""
    if not one or not other or "(" in (one[0], other[0]):  # (Standard monitor types)
        return False
    if _is_code(one) != _is_code(other):
        return False
    return one.casefold().split()[0] != other.casefold().split()[0]


def _is_code(manufacturer):
    return bool(re.fullmatch("[A-Z]{3}", manufacturer))


def _models_differ(one, other):
    """Compare the letters and digits; one may have the manufacturer or a plug besides.

    Windows names a plug, as in 'DELL P2419H(HDMI)'.
    """
    one, other = (re.sub(r"\W|_", "", each).casefold() for each in (one, other))
    return not (one in other or other in one)


def _dates_differ(one, other):
    pairs = [(one[key], other[key]) for key in ("manufacture_year", "manufacture_week")]
    return any(a and b and a != b for a, b in pairs)


class Place(NamedTuple):
    """Where a monitor is in Odoo."""

    #: hardware.ID of the computer that it is plugged into, 0 if it is unplugged
    holder: int = 0
    #: datetime since when it is, or was, plugged into its last computer
    since: datetime = datetime.min
    #: hardware.ID of the computer that had it before it came back to the last one, 0 if
    #: it did not come back
    former: int = 0
    #: datetime since when that computer had it
    former_since: datetime = datetime.min


class Decision(NamedTuple):
    """Who has the monitor with a serial number that several computers report."""

    #: hardware.ID of the computers that report it, in ascending order
    reporters: tuple = ()
    #: hardware.ID of the one that has the monitor, 0 if none has it
    owner: int = 0
    #: whether different monitors have, or have had, the serial number
    is_shared: bool = False

    @property
    def is_remembered(self):
        """Whether the next run has to know the decision."""
        return self.is_shared or len(self.reporters) > 1

    def role(self, external_id):
        """Return what the decision means to a computer, in order to compare it."""
        return self.is_shared, self.owner == external_id


def decide(reporters, known, place, is_repeated=False, is_one_machine=False):
    """Decide who has the monitor with a serial number.

    A computer keeps its monitor in OCS until its own next inventory. So the monitor has
    moved if a computer newly reports it, and the former one was not inventoried since.
    If one that had it is inventoried later and still reports it, both do: it is behind
    a switch, or there are several monitors with the same number.

    :param reporters: dict {hardware.ID: datetime of the inventory} of the computers in
        OCS that report the serial number
    :param known: :class:`Decision` of the last run
    :param place: :class:`Place`
    :param is_repeated: whether the reports describe different monitors
    :param is_one_machine: whether the computers are one machine that was reinstalled,
        and which OCS has not merged yet
    :return: :class:`Decision`
    """
    ids = tuple(sorted(reporters))
    if known.is_shared or is_repeated or _is_switched(reporters, place):
        return Decision(ids, _last_reporter(ids, known), True)
    if len(ids) < 2:
        return Decision(ids, sum(ids))
    if is_one_machine:
        return Decision(ids, max(ids, key=lambda each: (reporters[each], each)))
    taker = _taker(reporters, known, place)
    return Decision(ids, taker, not taker)


def _last_reporter(ids, known):
    """Return the only computer that still reports a number that several have shared."""
    if len(ids) != 1 or not known.is_shared:
        return 0
    was_one_of_several = len(known.reporters) > 1 and ids[0] in known.reporters
    return ids[0] if was_one_of_several or known.owner == ids[0] else 0


def _is_switched(reporters, place):
    """Return whether a monitor moves back and forth between two computers."""
    date = reporters.get(place.former)
    if not date or date < place.since or date - place.former_since > SWITCHED_WITHIN:
        return False
    return place.holder not in reporters or date > place.since


def _taker(reporters, known, place):
    """Return which of several computers has a monitor, 0 if each has its own one."""
    if place.holder not in reporters:
        return 0
    later = [
        each
        for each, date in reporters.items()
        if each != place.holder and date > place.since
    ]
    if not later:
        return place.holder
    taker = later[0]
    is_new = taker not in known.reporters or taker == known.owner
    is_later = reporters[taker] > reporters[place.holder]
    return taker if len(later) == 1 and is_new and is_later else 0


def monitor_values(monitors):
    """Return the values that describe and identify monitors.

    :param monitors: rows of monitors
    :return: list of descriptions as of :func:`describe`, in the order of OCS, without
        rows in which all columns are empty
    """
    described = map(describe, as_texts(monitors))
    return [each for each in described if any(each[key] for key in COLUMNS)]
