# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""A MySQL server of an attacker, who wants to learn the password of its clients."""

import ipaddress
import select
import socket
import ssl
import struct
import tempfile
import threading
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

#: Seconds after which the server ends.
TIMEOUT = 10
#: Seconds after which a client that says nothing is told the next thing.
SILENCE = 0.1

#: Capabilities of the protocol: PROTOCOL_41, SECURE_CONNECTION and PLUGIN_AUTH.
CAPABILITIES = 0x00088200
TLS = 0x800

SALT = b"saltsaltsaltsaltsalt"
OK = b"\x00\x00\x00\x02\x00\x00\x00"
#: Answers of a plugin: "send the whole password", and "the password was right".
FULL_AUTHENTICATION = b"\x01\x04"
FAST_AUTHENTICATION = b"\x01\x03"
#: Answer to a query: "send me a file first".
LOAD_LOCAL = b"\xfb/etc/hostname"


@cache
def private_key():
    """Return the key with which the attacker decrypts what it gets."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_key():
    """Return the answer that offers the attacker's key as that of the server."""
    key = private_key().public_key()
    return b"\x01" + key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@cache
def certificate():
    """Return the PEM text of a certificate that the attacker signed itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Attacker")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private_key(), hashes.SHA256())
    )
    return signed.public_bytes(serialization.Encoding.PEM).decode()


@cache
def _tls_context():
    key = private_key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(key + certificate().encode())
        context.load_cert_chain(path)
    return context


def greeting(plugin="mysql_native_password", version=b"8.0.36", tls=False):
    """Return the first packet of a server."""
    flags = CAPABILITIES | (TLS if tls else 0)
    return (
        b"\x0a"
        + version
        + b"\x00"
        + struct.pack(
            "<I8sxHBHHB10x", 1, SALT[:8], flags & 0xFFFF, 45, 2, flags >> 16, 21
        )
        + SALT[8:]
        + b"\x00"
        + plugin.encode()
        + b"\x00"
    )


def switch_to(plugin):
    """Return the request to authenticate by another plugin.

    The data are a salt, or for the plugin 'dialog' a question.
    """
    data = b"\x04Password: " if plugin == "dialog" else SALT + b"\x00"
    return b"\xfe" + plugin.encode() + b"\x00" + data


def decrypt(packet):
    """Return what is encrypted in a packet for the attacker's key, b'' if nothing is.

    MySQL adds the salt to a password before it is encrypted.
    """
    if len(packet) != private_key().key_size // 8:
        return b""
    scheme = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    try:
        found = private_key().decrypt(packet, scheme)
    except ValueError:
        return b""
    return bytes(byte ^ SALT[at % len(SALT)] for at, byte in enumerate(found))


class FakeServer:
    """Server for one connection, which answers packet by packet.

    It listens on the loopback address, and ends with its last answer, at the latest
    after ``TIMEOUT``.

    :param first: the greeting, see :func:`greeting`
    :param answers: packets
    """

    def __init__(self, first, answers=()):
        self._first, self._answers = first, answers
        #: packets of the client, without TLS
        self.received = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(TIMEOUT)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        """Wait until the server has ended."""
        self._thread.join(2 * TIMEOUT)
        self._listener.close()

    def knows(self, secret):
        """Return whether the attacker can read a secret in what it received."""
        return any(
            secret in packet or secret in decrypt(packet) for packet in self.received
        )

    def _serve(self):
        try:
            connection, _address = self._listener.accept()
            connection.settimeout(TIMEOUT)
            with connection:
                self._send(connection, 0, self._first)
                self._talk(connection)
                connection.shutdown(socket.SHUT_RDWR)
        except OSError:  # the client left
            return

    def _talk(self, connection):
        number, packet = self._receive(connection)
        if len(packet) == 32:  # "let us talk TLS", without a user
            connection = _tls_context().wrap_socket(connection, server_side=True)
            number, packet = self._receive(connection)
        for answer in self._answers:
            number += 1
            self._send(connection, number, answer)
            if self._is_readable(connection):
                number, packet = self._receive(connection)

    @staticmethod
    def _is_readable(connection):
        """Return whether the client has something to say, if only goodbye."""
        is_pending = isinstance(connection, ssl.SSLSocket) and connection.pending()
        return is_pending or select.select([connection], [], [], SILENCE)[0]

    def _receive(self, connection):
        """Return the number and the content of a packet, and record it."""
        header = self._read(connection, 4)
        packet = self._read(connection, int.from_bytes(header[:3], "little"))
        self.received.append(packet)
        return header[3], packet

    def _read(self, connection, length):
        data = b""
        while len(data) < length:
            found = connection.recv(length - len(data))
            if not found:
                raise ConnectionError("The client left.")
            data += found
        return data

    def _send(self, connection, number, packet):
        header = struct.pack("<I", len(packet))[:3] + bytes([number % 256])
        connection.sendall(header + packet)
