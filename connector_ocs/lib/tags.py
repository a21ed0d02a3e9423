# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Lists of TAGs (accountinfo.TAG) that an administrator writes."""

import re


def patterns(text):
    """Return the lines of a list.

    :param text: str, one TAG per line, in which ``*`` matches any text, even an empty
        one; or False
    :return: list of str, without empty lines
    """
    lines = (line.strip() for line in (text or "").splitlines())
    return [line for line in lines if line]


def find(tag, text):
    """Return the first line of a list that a TAG matches.

    Case is ignored, as in the OCS database.

    :param tag: str, '' for a computer without one, which ``*`` alone matches
    :param text: the list, see :func:`patterns`
    :return: str, the line; '' if none matches
    """
    for pattern in patterns(text):
        parts = map(re.escape, pattern.casefold().split("*"))
        if re.fullmatch(".*".join(parts), tag.strip().casefold(), re.DOTALL):
            return pattern
    return ""
