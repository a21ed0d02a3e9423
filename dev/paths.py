"""Paths. Everything that is built is in the folder ``.dev/``, which git ignores."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from .console import Failure

ROOT = Path(__file__).resolve().parent.parent
# It may be a link to a folder that several checkouts share.
DEV = (ROOT / ".dev").resolve()
PINS = ROOT / "dev" / "pins"
LOG = DEV / "log"
DEBIAN = DEV / "debian"
VENV = DEV / "venv"
PYTHON = VENV / "bin" / "python"

# The path of a Unix socket has at most 107 bytes; 24 are for its file name.
SOCKET_FOLDER_LIMIT = 107 - 24


def prepare():
    """Create ``.dev/``.

    :raise Failure: it belongs to another user
    """
    DEV.mkdir(mode=0o755, exist_ok=True)
    owner = DEV.stat().st_uid
    if owner != os.geteuid():
        raise Failure(
            f"{DEV} belongs to another user (uid {owner}).",
            "Run this as that user, or run `make clean` as that user.",
        )
    LOG.mkdir(exist_ok=True)


def remove():
    """Remove ``.dev/`` and the folders for sockets outside it."""
    for record in DEV.glob("*/run.path"):
        shutil.rmtree(record.read_text(), ignore_errors=True)
    shutil.rmtree(DEV)


def addons():
    """Return the folders of this repository's addons, sorted by name."""
    return sorted(path.parent for path in ROOT.glob("*/__manifest__.py"))


def socket_folder(service):
    """Return the folder for the Unix sockets of ``service``.

    It is in /tmp if its path in ``.dev/`` would be too long for a socket.
    """
    folder = DEV / service / "run"
    if len(os.fsencode(folder)) <= SOCKET_FOLDER_LIMIT:
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    return _temporary_socket_folder(service)


def _temporary_socket_folder(service):
    record = DEV / service / "run.path"
    if record.exists() and Path(record.read_text()).is_dir():
        return Path(record.read_text())
    record.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"ocs-{service}-", dir="/tmp"))
    record.write_text(str(folder))
    return folder


def digest(*parts):
    """Return a short hash of ``parts``; a Path stands for the content of the file."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(b"%d:" % len(content) + content)
    return total.hexdigest()[:16]


class Stamp:
    """A file that stores the key of a build; a different key requires a new build."""

    def __init__(self, name, key):
        self.file = DEV / "stamps" / name
        self.key = key

    def fresh(self):
        """Return whether the build with this key is complete."""
        return self.file.exists() and self.file.read_text() == self.key

    def clear(self):
        """Remove the key before building, so that an interrupted build is repeated."""
        self.file.unlink(missing_ok=True)

    def write(self):
        """Record that the build is complete."""
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(self.key)
