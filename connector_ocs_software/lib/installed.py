# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Conversion of rows of OCS to the software of a computer."""

from datetime import datetime
from typing import NamedTuple

from odoo.addons.connector_ocs.lib.values import FIRST_YEAR

#: Length of the columns in OCS; PostgreSQL limits the length of indexed texts.
LENGTH = 255


class Installed(NamedTuple):
    """Software installed on a computer; unknown texts are ''."""

    name: str
    publisher: str
    version: str
    #: date, None if it is unknown
    install_date: object = None


def installed_software(rows):
    """Return the installed software, without duplicates and rows without a name.

    :param rows: iterable of dict with NAME, PUBLISHER, VERSION (clean text) and
        INSTALLDATE (datetime or text of a zero date)
    :return: list of :class:`Installed`
    """
    found = (
        Installed(
            _on_one_line(row["NAME"]),
            _on_one_line(row["PUBLISHER"]),
            _on_one_line(row["VERSION"]),
            _date(row["INSTALLDATE"]),
        )
        for row in rows
    )
    return list(dict.fromkeys(software for software in found if software.name))


def _on_one_line(text):
    return " ".join(text.split())[:LENGTH].rstrip()


def _date(value):
    """Return the date as stored by OCS, as installers report no time of day."""
    if not isinstance(value, datetime) or value.year < FIRST_YEAR:
        return None
    return value.date()
