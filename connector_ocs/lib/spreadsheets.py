# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Text in cells of spreadsheets."""

import re

#: Text that a spreadsheet runs as a formula, or makes a link to a file. ``{=`` starts a
#: formula for XlsxWriter, and a tab or an end of line is skipped when a CSV is opened.
_FORMULA = re.compile(r"[=+\-@\t\r\n]|\{=|(in|ex)ternal:")


def as_text(value):
    """Return the value of a cell, which a spreadsheet shows and never runs.

    :param value: str, or any other value, which is returned as it is
    :return: the value; text that starts like a formula with an apostrophe before it, as
        Odoo does in CSV files
    """
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
