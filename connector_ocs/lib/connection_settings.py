# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Settings of a session on an OCS database."""

import re
import ssl
from dataclasses import dataclass, field

_PEM = re.compile(
    r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----"
)

#: Nothing can be written by mistake, all queries of a transaction read the same
#: snapshot, and digests of computers with thousands of rows are not truncated.
_READING = (
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET SESSION TRANSACTION READ ONLY",
    "SET SESSION group_concat_max_len = 16777216",
)


@dataclass(frozen=True)
class ConnectionSettings:
    """Settings to open a session on an OCS database.

    ``tls`` is 'off', 'required' (encrypted, any certificate) or 'verify'
    (encrypted, the certificate has to match the host). ``tls_ca`` is the PEM
    text of the certificate authority to trust, by default those of the system.
    The server refuses every statement that writes.
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    tls: str = "off"
    tls_ca: str = field(default="", repr=False)

    @property
    def session_setup(self):
        """Statements that are run once per connection."""
        return _READING

    def tls_context(self):
        """Return the SSLContext for PyMySQL, or None without TLS.

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
        """Return the PEM text of ``tls_ca`` without the comments that tools add."""
        if not self.tls_ca.strip():
            return None
        found = _PEM.findall(self.tls_ca)
        if not found:
            raise ssl.SSLError("The certificate authority is not a PEM certificate.")
        return "\n".join(found)
