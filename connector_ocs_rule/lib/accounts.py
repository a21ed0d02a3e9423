# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""User accounts that OCS reports in hardware.USERID."""

import re

#: Accounts that do not belong to a person, in lower case.
_IMPERSONAL = frozenset(
    (
        "?",
        "admin",
        "administrador",
        "administrateur",
        "administrator",
        "amministratore",
        "defaultuser0",
        "guest",
        "local service",
        "localservice",
        "n/a",
        "network service",
        "networkservice",
        "none",
        "nobody",
        "root",
        "sistema",
        "system",
        "systeme",
        "système",
        "unknown",
        "user",
    )
)


def account_names(user_id):
    """Return the names of personal accounts in a value of hardware.USERID.

    A domain before a backslash is removed. A slash separates a domain from a name, or
    several names (agents on Unix): each part may be a name.

    :param user_id: such as 'EXAMPLE\\\\jdoe', 'jdoe@example.org' or 'jdoe/root'
    :return: tuple of str in lower case, without accounts of systems and machines
    """
    if (user_id or "").strip().lower() in _IMPERSONAL:
        return ()
    parts = [part.rpartition("\\")[2] for part in re.split("/", user_id or "")]
    names = (part.strip().lower() for part in parts)
    return tuple(dict.fromkeys(name for name in names if _is_person(name)))


def _is_person(name):
    # a name that ends with $ is the account of a Windows machine
    return bool(name) and local_part(name) not in _IMPERSONAL and not name.endswith("$")


def local_part(name):
    """Return the part before the @, such as 'jdoe' of 'jdoe@example.org'.

    :return: str in lower case
    """
    return (name or "").strip().lower().partition("@")[0]
