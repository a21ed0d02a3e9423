# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
import tempfile
from pathlib import Path
from unittest import mock

from cryptography.fernet import Fernet

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import config

from ..exceptions import OcsConfigurationError
from .test_secrets import SECRET, SecretCase


@tagged("post_install", "-at_install")
class TestKeyOfTheServer(SecretCase):
    """The key is in the environment, in a file, or made by Odoo."""

    def test_key_of_the_environment(self):
        old, new = (Fernet.generate_key().decode() for _key in range(2))
        self.environment(OCS_ENCRYPTION_KEY=old)
        self.mine.password = SECRET
        os.environ["OCS_ENCRYPTION_KEY"] = f"{new},{old}"
        self.assertEqual(self.stored(), SECRET)
        self.backend._rotate_secrets("password_encrypted")
        os.environ["OCS_ENCRYPTION_KEY"] = new
        self.assertEqual(self.stored(), SECRET)

    def test_key_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "key"
            self.environment(OCS_ENCRYPTION_KEY_FILE=str(path))
            with self.assertRaisesRegex(UserError, "No such file"):
                self.mine.password = SECRET
            path.write_bytes(Fernet.generate_key())
            self.mine.password = SECRET
            self.assertEqual(self.stored(), SECRET)
            path.write_text("no key")
            with self.assertRaisesRegex(OcsConfigurationError, "cannot be used"):
                self.stored()

    def test_key_file_of_the_configuration(self):
        self.environment()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "key"
            path.write_bytes(Fernet.generate_key())
            options = {"ocs_encryption_key_file": str(path)}
            with mock.patch.dict(config.options, options):
                self.mine.password = SECRET
                self.assertEqual(self.stored(), SECRET)
            with self.assertRaises(OcsConfigurationError):
                self.stored()

    def test_key_is_made_and_told(self):
        self.environment()
        logger = "odoo.addons.connector_ocs.models.ocs_secret_mixin"
        with tempfile.TemporaryDirectory() as folder:
            with mock.patch.dict(config.options, {"data_dir": folder}):
                with self.assertLogs(logger, "WARNING") as logs:
                    self.mine.password = SECRET
                self.assertIn(folder, logs.output[0])
                self.assertEqual(self.stored(), SECRET)
                with self.assertNoLogs(logger, "WARNING"):
                    self.mine.password = "another"

    def test_lost_key(self):
        """The run says so, and the password can be entered again."""
        self.environment(OCS_ENCRYPTION_KEY=Fernet.generate_key().decode())
        with self.assertRaisesRegex(OcsConfigurationError, "Enter it again"):
            self.stored()
        with self.assertRaisesRegex(UserError, "cannot be decrypted"):
            with self.backend._as_user_error():
                self.backend._connection_settings()
        self.assertEqual(
            self.backend._rotate_secrets("password_encrypted"), self.backend
        )
        self.mine.password = "new"
        self.assertEqual(self.stored(), "new")

    def test_run_ends_with_the_reason(self):
        self.environment(OCS_ENCRYPTION_KEY=Fernet.generate_key().decode())
        self.mine.with_context(queue_job__no_delay=False).action_import_changed()
        run = self.backend._open_run()
        job = self.env["queue.job"].search([("ocs_run_id", "=", run.id)])
        with self.assertRaises(OcsConfigurationError) as caught:
            self.backend._connection_settings()
        job.write(
            {
                "state": "failed",
                "exc_name": type(caught.exception).__name__,
                "exc_message": str(caught.exception),
            }
        )
        self.assertIn("cannot be decrypted", self.backend.last_error)
