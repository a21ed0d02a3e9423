# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Authentication at servers that may not be what they seem.

Any server, or an attacker in its place, chooses how its clients authenticate. With most
plugins, they answer its question by a hash, from which nobody learns the password. The
other plugins need a connection whose server was verified: the password is sent as it
is, or encrypted with a key that the server itself has sent.
"""

import pymysql
from pymysql.constants import CR


def _refuse():
    raise pymysql.OperationalError(
        CR.CR_AUTH_PLUGIN_ERR,
        "The server requests the password in a way that lets it read the password.",
    )


class _RefusingPlugin:
    """Authentication plugin that sends nothing."""

    def __init__(self, connection):
        pass

    def authenticate(self, _packet):
        _refuse()


class UnreadablePassword(bytes):
    """Password that is only sent as a hash.

    PyMySQL ends a password by a NUL whenever it sends it otherwise: as it is or
    encrypted, by a plugin or already in its answer to the greeting, which no plugin can
    change.
    """

    def __add__(self, other):
        _refuse()


#: By this plugin, a password is nearly readable. PyMySQL no longer knows it.
_BROKEN = {b"mysql_old_password": _RefusingPlugin}
_READABLE = dict.fromkeys(
    (b"mysql_clear_password", b"dialog", b"sha256_password"), _RefusingPlugin
)


def options(password, is_verified):
    """Return the options of a PyMySQL connection that concern the password.

    :param password: str
    :param is_verified: bool, whether the connection ends unless its server is verified
    :return: dict
    """
    encoded = password.encode()  # PyMySQL would make it Latin-1
    if is_verified:
        return {"password": encoded, "auth_plugin_map": _BROKEN}
    return {
        "password": UnreadablePassword(encoded),
        "auth_plugin_map": {**_BROKEN, **_READABLE},
    }
