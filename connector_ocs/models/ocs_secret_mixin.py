# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
import os
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..exceptions import OcsConfigurationError
from ..lib import secrets

_logger = logging.getLogger(__name__)


def server_option(name):
    """Return an option that only the administrator of the server can set.

    :param name: of the option in Odoo's configuration file; an environment variable
        with the same name in capitals has precedence
    :return: str, '' if it is not set
    """
    return os.environ.get(name.upper()) or config.get(name) or ""


class OcsSecretMixin(models.AbstractModel):
    """Model that stores secrets, which users can set but not read.

    A secret has two fields: one that is not stored, by which it is set, and one with
    the groups NO_ACCESS, which stores what ``_encrypt_secret`` returns. The key is not
    in the database, so that neither a copy nor a backup of it reveals a secret.
    """

    _name = "ocs.secret.mixin"
    _description = "Record with Secrets"

    @api.model
    def _encrypt_secret(self, secret):
        """Return what to store for a secret.

        :param secret: str; '' and False delete a stored secret
        :raises UserError: there is no usable key
        """
        if not secret:
            return False
        try:
            return secrets.encrypt(secret, self._secret_keys())
        except secrets.KeyProblem as error:
            raise UserError(self._describe_key_problem(error)) from None

    @api.model
    def _decrypt_secret(self, stored, owner):
        """Return a secret.

        :param stored: what ``_encrypt_secret`` returned
        :param owner: str, name of the record, for the error message
        :raises OcsConfigurationError: says what to do
        """
        try:
            return secrets.decrypt(stored, self._secret_keys())
        except secrets.WrongKey:
            raise OcsConfigurationError(
                self.env._(
                    "The password of %s cannot be decrypted, because it was stored "
                    "with another key. Enter it again, or restore the key file of the "
                    "Odoo server (OCS_ENCRYPTION_KEY).",
                    owner,
                )
            ) from None
        except secrets.KeyProblem as error:
            raise OcsConfigurationError(self._describe_key_problem(error)) from None

    @api.model
    def _rotate_secrets(self, field_name):
        """Encrypt the secrets of all records with the first key.

        :param field_name: field that stores them
        :return: records whose secret none of the keys can decrypt, left as they are
        """
        # sudo: nobody has access to the field
        records = self.sudo().with_context(active_test=False)
        unknown = self.browse()
        for record in records.search([(field_name, "!=", False)]):
            try:
                record[field_name] = secrets.rotate(
                    record[field_name], self._secret_keys()
                )
            except secrets.WrongKey:
                unknown |= record
        return unknown

    @api.model
    def _secret_keys(self):
        """Return the keys: of the environment, of a file, or of a file made now.

        :return: str, see :func:`.secrets.cipher`
        :raises KeyProblem: a file cannot be read or created
        """
        keys = os.environ.get("OCS_ENCRYPTION_KEY")
        if keys:
            return keys
        path = server_option("ocs_encryption_key_file")
        if not path:
            path = Path(config["data_dir"]) / "connector_ocs.key"
            if not path.exists() and secrets.create_keys(path):
                _logger.warning(
                    "Created the key %s, which encrypts the stored passwords of OCS. "
                    "Back it up apart from the database.",
                    path,
                )
        return secrets.read_keys(path)

    @api.model
    def _describe_key_problem(self, error):
        return self.env._(
            "The key that encrypts passwords cannot be used. The administrator of the "
            "Odoo server has to correct OCS_ENCRYPTION_KEY, or the file named in "
            "OCS_ENCRYPTION_KEY_FILE. (%s)",
            error,
        )
