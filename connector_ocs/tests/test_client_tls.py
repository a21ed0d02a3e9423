# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import socket
import struct
import threading
from datetime import datetime, timedelta

import pymysql
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo.tests import tagged

from .live import certificate_authority
from .test_client import TIMEOUT, ClientCase

#: Number of the MySQL error for all problems with TLS.
NO_TLS = 2026
#: Number of the MySQL error for a server that asks for the clear-text password.
CLEAR_PASSWORD = 2061


def unknown_authority():
    """Return the PEM text of an authority that signed nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Unknown authority")])
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
    """MySQL server that offers no TLS, and records what it receives."""

    # PROTOCOL_41, SECURE_CONNECTION and PLUGIN_AUTH, but not SSL (0x800)
    capabilities = 0x00088200

    def __init__(self):
        self.received = None
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
            connection.settimeout(TIMEOUT)
            connection.sendall(self._greeting())
            self.received = connection.recv(1000)

    def close(self):
        """Wait until the client has disconnected."""
        self._thread.join(TIMEOUT)
        self._listener.close()


class ServerAskingForPassword(ServerWithoutTls):
    """MySQL server that asks for the clear-text password, and records the answer."""

    def _serve(self):
        connection, _address = self._listener.accept()
        with connection:
            connection.settimeout(TIMEOUT)
            connection.sendall(self._greeting())
            connection.recv(1000)
            question = b"\xfemysql_clear_password\x00"
            header = struct.pack("<I", len(question))[:3] + b"\x02"
            connection.sendall(header + question)
            self.received = connection.recv(1000)


@tagged("post_install", "-at_install")
class TestTls(ClientCase):
    """The connection is as secure as the backend requires, or fails."""

    def setUp(self):
        super().setUp()
        self.authority = certificate_authority()

    def _cipher(self, **settings):
        with self.client(**settings) as session:
            return session.query("SHOW STATUS LIKE 'Ssl_cipher'")[0]["Value"]

    def _assert_refused(self, reason="", **settings):
        with self.assertRaises(pymysql.OperationalError) as caught:
            self._cipher(**settings)
        code, message = caught.exception.args
        self.assertEqual(code, NO_TLS)
        self.assertIn(reason, message)

    def test_tls_is_off(self):
        self.assertEqual(self._cipher(tls="off"), "")

    def test_tls_is_required(self):
        self.assertTrue(self._cipher(tls="required"))
        self.assertTrue(self._cipher(tls="required", tls_ca=unknown_authority()))

    def _is_local(self):
        return self.settings.host == "127.0.0.1"

    def test_certificate_is_verified(self):
        hosts = {self.settings.host} | ({"localhost"} if self._is_local() else set())
        for host in hosts:
            with self.subTest(host=host):
                self.assertTrue(
                    self._cipher(tls="verify", tls_ca=self.authority, host=host)
                )

    def test_several_authorities(self):
        both = unknown_authority() + self.authority
        self.assertTrue(self._cipher(tls="verify", tls_ca=both))

    def test_wrong_authority(self):
        self._assert_refused(
            "certificate verify", tls="verify", tls_ca=unknown_authority()
        )

    def test_authority_unknown_to_the_system(self):
        self._assert_refused("certificate verify", tls="verify", tls_ca="")

    def test_wrong_host(self):
        if not self._is_local():
            self.skipTest("Only a server on this machine certainly has another name.")
        self._assert_refused(
            "ismatch", tls="verify", tls_ca=self.authority, host="127.1"
        )

    def test_invalid_certificate(self):
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
                # the field is not visible when nothing is verified
                self.assertTrue(self._cipher(tls="required", tls_ca=text))

    def test_text_around_the_certificate(self):
        commented = f"Autorité de la société\n{self.authority}\n"
        self.assertTrue(self._cipher(tls="verify", tls_ca=commented))

    def test_connection_is_not_reused_with_other_encryption(self):
        self.assertEqual(self._cipher(tls="off"), "")
        self.assertTrue(self._cipher(tls="required"))
        self.assertEqual(self._cipher(tls="off"), "")

    def test_nothing_is_sent_to_a_server_without_tls(self):
        for tls in ("required", "verify"):
            with self.subTest(tls=tls):
                other = ServerWithoutTls()
                self.addCleanup(other.close)
                self._assert_refused(tls=tls, host="127.0.0.1", port=other.port)
                other.close()
                self.assertEqual(other.received, b"")

    def test_server_without_tls_accepts_a_user(self):
        other = ServerWithoutTls()
        self.addCleanup(other.close)
        with self.assertRaises(pymysql.OperationalError):
            self._cipher(tls="off", host="127.0.0.1", port=other.port)
        other.close()
        self.assertIn(self.settings.user.encode(), other.received)

    def test_clear_text_password_is_not_sent(self):
        other = ServerAskingForPassword()
        self.addCleanup(other.close)
        with self.assertRaises(pymysql.OperationalError) as caught:
            self._cipher(tls="off", host="127.0.0.1", port=other.port)
        other.close()
        self.assertEqual(caught.exception.args[0], CLEAR_PASSWORD)
        self.assertEqual(other.received, b"")
