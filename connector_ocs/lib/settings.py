# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What a session on an OCS database is opened with."""

import re
import ssl
from dataclasses import dataclass, field

_PEM = re.compile(
    r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----"
)

#: Nothing can be written by mistake, a snapshot stays the same for all the queries in
#: it, and no digest leaves out the last rows of a computer that has thousands.
_READING = (
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET SESSION TRANSACTION READ ONLY",
    "SET SESSION group_concat_max_len = 16777216",
)
#: At this level InnoDB locks the rows that are written and no gap between them, in
#: which OCS may want to insert. Whoever waits for OCS, which then waits behind them,
#: gives up soon (seconds).
_WRITING = (
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET SESSION innodb_lock_wait_timeout = 5",
    "SET SESSION lock_wait_timeout = 5",
)


@dataclass(frozen=True)
class ConnectionSettings:
    """What opens a session on an OCS database.

    ``tls`` is 'off', 'required' (encrypted, any certificate) or 'verify'
    (encrypted, the certificate is that of the host). ``tls_ca`` is the PEM
    text of the authority to trust; the system's own ones without it.
    ``read_only`` has the server refuse every statement that writes.
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    tls: str = "off"
    tls_ca: str = field(default="", repr=False)
    read_only: bool = True

    @property
    def session_setup(self):
        """Statements that are run once for each connection."""
        return _READING if self.read_only else _WRITING

    def tls_context(self):
        """SSLContext for PyMySQL, or None without TLS.

        :raises ssl.SSLError: ``tls_ca`` is not a PEM certificate
        """
        if self.tls == "off":
            return None
        if self.tls == "verify":
            return ssl.create_default_context(cadata=self._certificates())
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    def _certificates(self):
        """PEM text of ``tls_ca`` without the comments that tools write around."""
        if not self.tls_ca.strip():
            return None
        found = _PEM.findall(self.tls_ca)
        if not found:
            raise ssl.SSLError("The certificate authority is not a PEM certificate.")
        return "\n".join(found)
