"""Where things are: one ignored folder, ``.dev/``, holds everything that is built."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from .console import Failure

ROOT = Path(__file__).resolve().parent.parent
# One folder may serve several checkouts, by a link.
DEV = (ROOT / ".dev").resolve()
PINS = ROOT / "dev" / "pins"
LOG = DEV / "log"
DEBIAN = DEV / "debian"
VENV = DEV / "venv"
PYTHON = VENV / "bin" / "python"

# A unix socket's whole path has at most 107 bytes; 24 are left for its own name.
SOCKET_FOLDER_LIMIT = 107 - 24


def prepare():
    """Create ``.dev/``; fail if it belongs to somebody else."""
    DEV.mkdir(mode=0o755, exist_ok=True)
    owner = DEV.stat().st_uid
    if owner != os.geteuid():
        raise Failure(
            f"{DEV} belongs to another user (uid {owner}).",
            "Run this as that user, or let that user remove it with `make clean`.",
        )
    LOG.mkdir(exist_ok=True)


def remove():
    """Remove ``.dev/`` and the folders for sockets outside of it."""
    for record in DEV.glob("*/run.path"):
        shutil.rmtree(record.read_text(), ignore_errors=True)
    shutil.rmtree(DEV)


def addons():
    """Return the folders of this repository's addons, sorted by name."""
    return sorted(path.parent for path in ROOT.glob("*/__manifest__.py"))


def socket_folder(service):
    """Return the folder for the unix sockets of ``service``.

    It lies elsewhere if ``.dev/`` lies too deep for the system's limit.
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
    """Return a short hash of ``parts``; of a path, the file's content counts."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(b"%d:" % len(content) + content)
    return total.hexdigest()[:16]


class Stamp:
    """Remembers the key something was built under: another key means build again."""

    def __init__(self, name, key):
        self.file = DEV / "stamps" / name
        self.key = key

    def fresh(self):
        """Return whether the thing was completely built under this key."""
        return self.file.exists() and self.file.read_text() == self.key

    def clear(self):
        """Forget it, before building: a build that is broken off counts as none."""
        self.file.unlink(missing_ok=True)

    def write(self):
        """Record that the thing is now complete."""
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(self.key)
