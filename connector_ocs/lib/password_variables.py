# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""List of the environment variables that hold passwords, and where each may be used."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class ListProblem(ValueError):
    """An entry of the list is not understood; the message is the entry."""


class Use(NamedTuple):
    """Where the password in a variable may be used; None stands for anything."""

    variable: str
    #: host of the database server, in lower case
    host: str
    port: int = 3306
    user: str | None = None
    #: ID of a company in Odoo
    company: int | None = None
    #: name of the database of Odoo
    odoo: str | None = None

    def allows(self, other):
        """Return whether this entry allows another use, which says everything."""
        return all(
            mine is None or mine == theirs
            for mine, theirs in zip(self, other, strict=True)
        )


def parse(text):
    """Return the entries of a list.

    :param text: str, entries such as ``OCS_PASSWORD=reader@db.example.com:3306
        ?company=1&odoo=production``, without the space, separated by commas or spaces;
        only the variable and the host are required
    :return: list of :class:`Use`
    :raises ListProblem: an entry is not understood
    """
    return [_parse_entry(entry) for entry in re.findall(r"[^\s,]+", text)]


def _parse_entry(entry):
    variable, _equals, target = entry.partition("=")
    try:
        url = urlsplit(f"//{target}")
        options = parse_qs(url.query, strict_parsing=bool(url.query))
        (company,) = options.pop("company", [None])
        (odoo,) = options.pop("odoo", [None])
        company = None if company is None else int(company)
        port = url.port or 3306
    except ValueError:
        raise ListProblem(entry) from None
    if not variable or not url.hostname or options or url.path or url.password:
        raise ListProblem(entry)
    return Use(variable, url.hostname, port, url.username, company, odoo)
