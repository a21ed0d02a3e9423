# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Secrets that are stored encrypted, and the keys, which are stored elsewhere."""

import os
import re
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class KeyProblem(Exception):
    """The keys cannot be used; the message says why."""


class WrongKey(Exception):
    """A secret was encrypted with another key, or its text was damaged."""


def cipher(text):
    """Return what encrypts with the first of some keys and decrypts with each.

    :param text: str, keys of Fernet, separated by commas, spaces or lines
    :raises KeyProblem: there is none, or one is not a key
    """
    keys = re.findall(r"[^\s,]+", text)
    if not keys:
        raise KeyProblem("There is no key.")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:  # whose text may contain the key
        raise KeyProblem("A key is not 32 bytes in URL-safe Base64.") from None


def encrypt(secret, keys):
    """Return the encrypted text of a secret.

    :param keys: str, see :func:`cipher`
    """
    return cipher(keys).encrypt(secret.encode()).decode()


def decrypt(token, keys):
    """Return the secret in an encrypted text.

    :param keys: str, see :func:`cipher`
    :raises WrongKey: none of the keys fits
    """
    try:
        return cipher(keys).decrypt(token.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


def rotate(token, keys):
    """Return the same secret, encrypted with the first of the keys.

    :raises WrongKey: none of the keys fits
    """
    try:
        return cipher(keys).rotate(token.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


def read_keys(path):
    """Return the text of a file with keys.

    :raises KeyProblem: it cannot be read
    """
    try:
        return Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise KeyProblem(f"{path}: {reason}") from None


def create_keys(path):
    """Create a file with a new key, which only its owner can read.

    Another process may create it at the same time: the first one wins, and nobody sees
    a file that is not complete.

    :return: bool, whether this call has created it
    :raises KeyProblem: it cannot be created
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # 0600
    except OSError as error:
        raise KeyProblem(f"{path}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise KeyProblem(f"{path}: {error.strerror}") from None
    finally:
        os.unlink(draft)
    return True
