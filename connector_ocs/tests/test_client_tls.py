# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import socket
import struct
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pymysql
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo.tests import tagged

from .live import server
from .test_client import PATIENCE, ClientCase

#: Number of a MySQL error for all that concerns TLS.
NO_TLS = 2026
#: Number of the error for a server that wants the password itself.
CLEAR_PASSWORD = 2061


def stranger():
    """PEM text of an authority that signed nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A stranger")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime.now() + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


class ServerWithoutTls:
    """Greets as a MySQL server that offers no TLS, and keeps what it is told."""

    # PROTOCOL_41, SECURE_CONNECTION and PLUGIN_AUTH, but not SSL (0x800)
    capabilities = 0x00088200

    def __init__(self):
        self.told = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _greeting(self):
        low, high = self.capabilities & 0xFFFF, self.capabilities >> 16
        content = (
            b"\x0a8.0.0\x00"
            + struct.pack("<I8sxHBHHB10x", 1, b"saltsalt", low, 45, 2, high, 21)
            + b"saltsaltsalt\x00mysql_native_password\x00"
        )
        return struct.pack("<I", len(content)) + content

    def _serve(self):
        connection, _address = self._listener.accept()
        with connection:
            connection.settimeout(PATIENCE)
            connection.sendall(self._greeting())
            self.told = connection.recv(1000)

    def close(self):
        """Wait until the client is gone."""
        self._thread.join(PATIENCE)
        self._listener.close()


class ServerThatAsksForThePassword(ServerWithoutTls):
    """Asks for the password itself after the greeting, and keeps the answer."""

    def _serve(self):
        connection, _address = self._listener.accept()
        with connection:
            connection.settimeout(PATIENCE)
            connection.sendall(self._greeting())
            connection.recv(1000)
            question = b"\xfemysql_clear_password\x00"
            header = struct.pack("<I", len(question))[:3] + b"\x02"
            connection.sendall(header + question)
            self.told = connection.recv(1000)


@tagged("post_install", "-at_install")
class TestTls(ClientCase):
    """The connection is as secret as the backend says, or there is none."""

    def setUp(self):
        super().setUp()
        self.authority = Path(server()["tls_ca"]).read_text()

    def _cipher(self, **settings):
        with self.client(**settings) as session:
            return session.query("SHOW STATUS LIKE 'Ssl_cipher'")[0]["Value"]

    def _assert_refused(self, reason="", **settings):
        with self.assertRaises(pymysql.OperationalError) as caught:
            self._cipher(**settings)
        code, message = caught.exception.args
        self.assertEqual(code, NO_TLS)
        self.assertIn(reason, message)

    def test_off(self):
        self.assertEqual(self._cipher(tls="off"), "")

    def test_required(self):
        self.assertTrue(self._cipher(tls="required"))
        self.assertTrue(self._cipher(tls="required", tls_ca=stranger()))

    def test_verified(self):
        for host in ("127.0.0.1", "localhost"):
            with self.subTest(host=host):
                self.assertTrue(
                    self._cipher(tls="verify", tls_ca=self.authority, host=host)
                )

    def test_several_authorities(self):
        both = stranger() + self.authority
        self.assertTrue(self._cipher(tls="verify", tls_ca=both))

    def test_another_authority(self):
        self._assert_refused("certificate verify", tls="verify", tls_ca=stranger())

    def test_authority_that_nobody_trusts(self):
        self._assert_refused("certificate verify", tls="verify", tls_ca="")

    def test_another_host(self):
        self._assert_refused(
            "ismatch", tls="verify", tls_ca=self.authority, host="127.1"
        )

    def test_no_certificate(self):
        table = (
            "not a certificate",
            "Autorité de certification",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\né\n-----END CERTIFICATE-----\n",
        )
        for text in table:
            with self.subTest(text=text):
                self._assert_refused(tls="verify", tls_ca=text)
                # nobody sees the field when nothing is verified
                self.assertTrue(self._cipher(tls="required", tls_ca=text))

    def test_text_around_the_certificate(self):
        commented = f"Autorité de la société\n{self.authority}\n"
        self.assertTrue(self._cipher(tls="verify", tls_ca=commented))

    def test_encryption_is_kept_at_reuse(self):
        self.assertEqual(self._cipher(tls="off"), "")
        self.assertTrue(self._cipher(tls="required"))
        self.assertEqual(self._cipher(tls="off"), "")

    def test_server_without_tls_is_told_nothing(self):
        for tls in ("required", "verify"):
            with self.subTest(tls=tls):
                other = ServerWithoutTls()
                self.addCleanup(other.close)
                self._assert_refused(tls=tls, port=other.port)
                other.close()
                self.assertEqual(other.told, b"")

    def test_server_without_tls_greets_well(self):
        other = ServerWithoutTls()
        self.addCleanup(other.close)
        with self.assertRaises(pymysql.OperationalError):
            self._cipher(tls="off", port=other.port)
        other.close()
        self.assertIn(self.settings.user.encode(), other.told)

    def test_password_is_not_told(self):
        other = ServerThatAsksForThePassword()
        self.addCleanup(other.close)
        with self.assertRaises(pymysql.OperationalError) as caught:
            self._cipher(tls="off", port=other.port)
        other.close()
        self.assertEqual(caught.exception.args[0], CLEAR_PASSWORD)
        self.assertEqual(other.told, b"")
