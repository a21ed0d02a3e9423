# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import json
import os
import stat
import tempfile
import threading
from pathlib import Path
from unittest import mock

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, Form, new_test_user, tagged
from odoo.tools import SQL

from ..lib import secrets
from .common import OcsCase

SECRET = "sécret-pässword"
MANAGER = "connector_ocs.group_ocs_manager"


@tagged("post_install", "-at_install")
class TestKeys(BaseCase):
    """Encryption, without Odoo."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "data" / "ocs.key"

    def test_rotation(self):
        old, new = (Fernet.generate_key().decode() for _key in range(2))
        stored = secrets.encrypt(SECRET, old)
        self.assertNotIn(SECRET, stored)
        self.assertEqual(secrets.decrypt(stored, f"{new}, {old}\n"), SECRET)
        rotated = secrets.rotate(stored, f"{new} {old}")
        self.assertEqual(secrets.decrypt(rotated, new), SECRET)
        for action in (secrets.decrypt, secrets.rotate):
            with self.subTest(action), self.assertRaises(secrets.WrongKey):
                action(stored, new)

    def test_damaged(self):
        key = Fernet.generate_key().decode()
        for stored in ("", "x", "é", secrets.encrypt(SECRET, key)[:-2]):
            with self.subTest(stored), self.assertRaises(secrets.WrongKey):
                secrets.decrypt(stored, key)

    def test_unusable_keys(self):
        for keys in ("", " ,\n", "short", "ключ", "A" * 44 + "A"):
            with self.subTest(keys), self.assertRaises(secrets.KeyProblem) as caught:
                secrets.encrypt(SECRET, keys)
            self.assertNotIn("AAAA", str(caught.exception))

    def test_new_file(self):
        self.assertTrue(secrets.create_keys(self.path))
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual(os.listdir(self.path.parent), [self.path.name])
        keys = secrets.read_keys(self.path)
        self.assertFalse(secrets.create_keys(self.path))
        self.assertEqual(secrets.read_keys(self.path), keys)
        self.assertEqual(secrets.decrypt(secrets.encrypt(SECRET, keys), keys), SECRET)

    def test_one_of_many_processes_creates_it(self):
        barrier, found = threading.Barrier(8), []

        def create():
            barrier.wait()
            secrets.create_keys(self.path)
            found.append(secrets.read_keys(self.path))

        threads = [threading.Thread(target=create) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 8)
        self.assertEqual(len(set(found)), 1)
        self.assertEqual(os.listdir(self.path.parent), [self.path.name])

    def test_unreadable_file(self):
        with self.assertRaisesRegex(secrets.KeyProblem, "No such file"):
            secrets.read_keys(self.path)
        with self.assertRaises(secrets.KeyProblem):
            secrets.create_keys("/proc/no/ocs.key")


class SecretCase(OcsCase):
    """Test case with a backend whose password was set by a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{MANAGER},base.group_allow_export"
        cls.manager = new_test_user(cls.env, "ocs_manager", groups=groups)
        cls.mine = cls.backend.with_user(cls.manager)
        cls.mine.password = SECRET

    def environment(self, **variables):
        """Set environment variables of the server for this test."""
        for name in ("OCS_ENCRYPTION_KEY", "OCS_ENCRYPTION_KEY_FILE"):
            variables.setdefault(name, "")
        patcher = mock.patch.dict(os.environ, variables)
        patcher.start()
        self.addCleanup(patcher.stop)

    def stored(self):
        """Return the password that an import uses."""
        self.env.invalidate_all()
        return self.backend._connection_settings().password


@tagged("post_install", "-at_install")
class TestWriteOnly(SecretCase):
    """The password of a backend can be set, but nobody can read it."""

    def test_imports_use_it(self):
        self.assertEqual(self.stored(), SECRET)
        self.mine.write({"password": "another"})
        self.assertEqual(self.stored(), "another")

    def test_every_way_to_read_it(self):
        Backend, ids = self.env["ocs.backend"].with_user(self.manager), self.backend.ids
        fields = ["password", "has_password", "password_hint"]
        specification = {name: {} for name in fields}
        copied = self.mine.copy()
        found = [
            self.mine.read(fields),
            self.mine.read(),
            Backend.search_read([("id", "in", ids)], fields),
            self.mine.web_read(specification),
            Backend.web_search_read([], specification),
            self.mine.export_data(fields),
            Backend.default_get(fields),
            Backend.with_context(default_user="x").default_get(fields),
            self.mine.onchange({"host": "x"}, ["host"], specification),
            self.mine.copy_data(),
            copied.read(),
            self.mine.web_save({"password": SECRET}, specification),
            self.mine.filtered_domain([("password", "=", SECRET)]).ids,
            self.backend.message_ids.mapped("body"),
            self.backend.message_ids.tracking_value_ids.read(),
            self.mine.get_metadata(),
        ]
        for answer in found:
            with self.subTest(answer):
                self.assertNotIn(SECRET, repr(answer))
                self.assertNotIn("password_encrypted", repr(answer))
        self.assertTrue(found[0][0]["has_password"])
        self.assertFalse(found[0][0]["password"])
        self.assertFalse(copied.has_password)

    def test_not_even_in_the_cache(self):
        """A method that is called after the password was set does not find it."""
        self.mine.password = SECRET
        self.assertFalse(self.mine.password)
        created = self.env["ocs.backend"].create(
            {"name": "New", "host": "h", "user": "u", "password": SECRET}
        )
        self.assertFalse(created.password)
        self.assertTrue(created.has_password)

    def test_no_search_tells_it(self):
        """Searching would find it letter by letter."""
        model = self.env["ocs.backend"].with_user(self.manager)
        for operator in ("=", "like", "=like", "in", "!=", ">"):
            value = [SECRET] if operator == "in" else SECRET
            with self.subTest(operator):
                with self.assertRaises(UserError):
                    model.search([("password", operator, value)])
                with self.assertRaises(UserError):
                    self.env["ocs.computer.binding"].with_user(self.manager).search(
                        [("backend_id.password", operator, value)]
                    )
        with self.assertRaises(ValueError):
            model.formatted_read_group([], ["password"], ["__count"])
        with self.assertRaises(ValueError):
            model.search([], order="password")

    def test_encrypted_password_belongs_to_nobody(self):
        for user in (self.manager, self.env.ref("base.user_admin")):
            model = self.env["ocs.backend"].with_user(user)
            mine = self.backend.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    mine.read(["password_encrypted"])
                with self.assertRaises(AccessError):
                    mine.password_encrypted = "x"
                with self.assertRaises(AccessError):
                    model.search([("password_encrypted", "=like", "g%")])
                exported = mine.sudo(False).export_data
                with self.assertRaises(AccessError):
                    exported(["password_encrypted"])
                self.assertNotIn("password_encrypted", model.fields_get())

    def test_no_table_contains_it(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT row_to_json(found)::text FROM ocs_backend AS found"
                " WHERE id = %s",
                self.backend.id,
            )
        )
        (row,) = self.env.cr.fetchone()
        self.assertNotIn(json.dumps(SECRET)[1:-1], row)
        self.assertNotIn(SECRET, row)

    def test_who_may_set_it(self):
        """Not the manager of any connector, as today."""
        groups = "connector.group_connector_manager,connector_ocs.group_ocs_user"
        other = new_test_user(self.env, "connector_manager", groups=groups)
        company = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups=MANAGER,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for user in (other, stranger):
            theirs = self.backend.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    theirs.write({"password": "x"})
                with self.assertRaises(AccessError):
                    theirs.action_clear_password()
                with self.assertRaises(AccessError):
                    theirs.read(["password"])
        with self.assertRaises(AccessError):
            self.backend.with_user(other).read(["has_password"])
        self.assertEqual(self.stored(), SECRET)

    def test_clearing(self):
        self.mine.action_clear_password()
        self.assertFalse(self.mine.has_password)
        self.assertEqual(self.stored(), "")

    def test_form(self):
        with Form(self.mine) as form:
            self.assertFalse(form.password)
            self.assertIn("is set", form.password_hint)
            form.name = "Renamed"
        self.assertEqual(self.stored(), SECRET)
        with Form(self.mine) as form:
            form.password = "typed"
        self.assertEqual(self.stored(), "typed")


@tagged("post_install", "-at_install")
class TestTarget(SecretCase):
    """A stored password is not sent to another server than it was entered for."""

    def test_other_target(self):
        for values in (
            {"host": "attacker.example"},
            {"port": 3307},
            {"user": "root"},
            {"tls_ca": "-----BEGIN CERTIFICATE-----"},
            {"tls": "required"},
            {"tls": "off"},
        ):
            with self.subTest(values):
                self.backend.write(
                    {"tls": "verify", "tls_ca": False, "port": 3306, "host": "db"}
                )
                self.backend.write({"user": "u", "password": SECRET})
                self.mine.write(values)
                self.assertFalse(self.backend.has_password)
                self.assertEqual(self.stored(), "")

    def test_same_target(self):
        for values in (
            {"name": "Renamed", "database": "other", "tz": "Europe/Paris"},
            {"host": self.backend.host, "port": self.backend.port},
            {"tls": "required"},
            {"tls": "verify"},
        ):
            with self.subTest(values):
                self.mine.write(values)
                self.assertEqual(self.stored(), SECRET)

    def test_set_again_at_once(self):
        self.mine.write({"host": "db.example.com", "password": "new"})
        self.assertEqual(self.stored(), "new")

    def test_form_warns(self):
        with Form(self.mine) as form:
            with self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs:
                form.host = "db.example.com"
            self.assertIn("Enter it again", logs.output[0])
            form.password = "new"
        self.assertEqual(self.stored(), "new")
