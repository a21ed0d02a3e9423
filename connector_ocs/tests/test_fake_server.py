# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import itertools
import random

import pymysql

from odoo.tests import BaseCase, tagged

from ..lib import errors
from ..lib.client import OcsClient, SingleUse
from ..lib.connection_settings import ConnectionSettings
from . import fake_server
from .fake_server import (
    FAST_AUTHENTICATION,
    FULL_AUTHENTICATION,
    LOAD_LOCAL,
    OK,
    FakeServer,
    greeting,
    public_key,
    switch_to,
)

PASSWORD = "geheim-pässword"
#: Plugins that answer a question with a hash, which does not tell the password.
HASHING = ("mysql_native_password", "caching_sha2_password", "client_ed25519")
#: Plugins by which a server gets to know the password, or nearly so.
TELLING = ("mysql_clear_password", "dialog", "sha256_password", "mysql_old_password")
PLUGINS = (*HASHING, *TELLING, "parsec", "auth_gssapi_client", "")
#: Plugins of a greeting to which PyMySQL answers differently.
GREETING = ("mysql_native_password", "caching_sha2_password", "sha256_password", "")

#: Everything that a server may say once it knows the user.
TALKS = (
    (public_key(),),
    (FULL_AUTHENTICATION, public_key(), OK),
    (FAST_AUTHENTICATION, OK, FULL_AUTHENTICATION, public_key()),
    (OK, FULL_AUTHENTICATION, public_key()),
    (OK, OK, OK, OK, public_key(), FULL_AUTHENTICATION),
    *(
        (switch_to(plugin), *after)
        for plugin in PLUGINS
        for after in ((public_key(), OK), (FULL_AUTHENTICATION, public_key(), OK))
    ),
)


class FakeServerCase(BaseCase):
    """Test case with sessions on servers that say what they like."""

    def talk(self, first, answers=(), **settings):
        """Send a query to a server.

        :return: the error that it led to, and the server
        """
        with FakeServer(first, answers) as server:
            settings = ConnectionSettings(
                **{
                    "host": "127.0.0.1",
                    "port": server.port,
                    "database": "ocsweb",
                    "user": "odoo_reader",
                    "password": PASSWORD,
                    **settings,
                }
            )
            with self.assertRaises((pymysql.MySQLError, OSError)) as caught:
                with OcsClient(lambda: settings, SingleUse()) as session:
                    session.query("SELECT 1")
        return caught.exception, server

    def code(self, *talk, **settings):
        """Return the number of the error that a server leads to."""
        return errors.code(self.talk(*talk, **settings)[0])


@tagged("post_install", "-at_install")
class TestFakeServer(FakeServerCase):
    """A server that is not verified never gets to know the password."""

    def test_every_way_to_ask_for_the_password(self):
        ways = itertools.product(GREETING, TALKS, ("off", "required"))
        for plugin, answers, tls in ways:
            with self.subTest(plugin=plugin, answers=answers, tls=tls):
                first = greeting(plugin, tls=tls == "required")
                _error, server = self.talk(first, answers, tls=tls)
                self.assertTrue(server.received)
                self.assertFalse(server.knows(PASSWORD.encode()))

    def test_remedy_is_named(self):
        """Not a mere failure: the message for this number says what to do."""
        full = (FULL_AUTHENTICATION, public_key(), OK)
        table = [(plugin, (switch_to(plugin), *full)) for plugin in TELLING]
        table += [
            ("sha256_password", (public_key(), OK)),
            ("caching_sha2_password", full),
            (HASHING[0], (switch_to("caching_sha2_password"), *full)),
        ]
        for (plugin, answers), tls in itertools.product(table, ("off", "required")):
            with self.subTest(plugin=plugin, tls=tls):
                first = greeting("mysql_native_password", tls=tls == "required")
                if answers[0][:1] != b"\xfe":
                    first = greeting(plugin, tls=tls == "required")
                code = self.code(first, answers, tls=tls)
                self.assertEqual(errors.message_key(code), "clear_password")

    def test_plugin_of_the_greeting(self):
        """The first answer of a client already depends on the plugin."""
        error, server = self.talk(
            greeting("sha256_password", tls=True), [OK, OK], tls="required"
        )
        self.assertEqual(errors.message_key(errors.code(error)), "clear_password")
        self.assertFalse(server.knows(PASSWORD.encode()))

    def test_verified_server_gets_the_password(self):
        """What the tests above look for can be found."""
        for plugin in ("mysql_clear_password", "sha256_password"):
            with self.subTest(plugin):
                _error, server = self.talk(
                    greeting(tls=True),
                    [switch_to(plugin), OK],
                    tls="verify",
                    tls_ca=fake_server.certificate(),
                )
                self.assertTrue(server.knows(PASSWORD.encode()))

    def test_server_that_cannot_be_verified(self):
        """The attacker's authority is not trusted."""
        error, server = self.talk(greeting(tls=True), [OK], tls="verify")
        self.assertEqual(errors.message_key(errors.code(error)), "no_tls")
        self.assertFalse(server.knows(b"odoo_reader"))

    def test_encrypted_for_the_attacker(self):
        """A password that is encrypted with the key of the attacker is found."""
        encrypted = pymysql._auth.sha2_rsa_encrypt(
            PASSWORD.encode(), fake_server.SALT, public_key()[1:]
        )
        self.assertIn(PASSWORD.encode(), fake_server.decrypt(encrypted))

    def test_request_for_a_file(self):
        """When the session is set up, and by its query."""
        for answers in ([OK, OK, LOAD_LOCAL], [OK, OK, OK, OK, OK, LOAD_LOCAL]):
            with self.subTest(answers=len(answers)):
                error, server = self.talk(greeting(), answers)
                self.assertEqual(errors.message_key(errors.code(error)), "local_file")
                self.assertIn(b"SET", server.received[-1] + server.received[1])

    def test_absurd_version(self):
        for version in ("²", "", "9" * 20, "9" * 5000, "x.y", "-1", "٣.0", "\xff", " "):
            with self.subTest(version):
                first = greeting(version=version.encode("utf-8"))
                self.assertTrue(self.code(first, [OK]) >= 2000)

    def test_garbled_greeting(self):
        """Every error has a number, whatever a server begins with."""
        chance = random.Random(14)
        for number in range(200):
            packet = bytearray(greeting(chance.choice(PLUGINS)))
            for _change in range(chance.randint(1, 4)):
                packet[chance.randrange(len(packet))] = chance.randrange(256)
            packet = bytes(packet[: chance.choice((len(packet), chance.randrange(80)))])
            with self.subTest(number=number, packet=packet):
                self.code(packet, [OK])
