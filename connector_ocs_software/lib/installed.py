# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Software of a computer, made of rows of OCS."""

from datetime import datetime
from typing import NamedTuple

from odoo.addons.connector_ocs.lib.values import FIRST_YEAR

#: Length of OCS's own columns; PostgreSQL cannot index texts of any length.
LENGTH = 255


class Installed(NamedTuple):
    """Software that a computer has; a text is '' when OCS does not know it."""

    name: str
    publisher: str
    version: str
    #: date, None when it is not known
    install_date: object = None


def installed_software(rows):
    """What is installed, without what has no name and without rows that are equal.

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
    """The day that OCS noted, in its own time zone: installers know no hours."""
    if not isinstance(value, datetime) or value.year < FIRST_YEAR:
        return None
    return value.date()
