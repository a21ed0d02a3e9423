"""Find Odoo 19: that of the user, or Debian's package, which is extracted."""

import functools
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import apt, paths
from .console import Failure, run, say, step

SERIES = "19.0"
PACKAGES = paths.DEV / "odoo" / "usr" / "lib" / "python3" / "dist-packages"
PIN = paths.PINS / "debian.txt"
APT = paths.DEV / "apt"
ODOO_HOME_HINT = "Alternatively, set ODOO_HOME to a checkout of Odoo 19."

# Files that only translators and packagers need: three quarters of the size.
EXCLUDED = ["./*/dist-packages/addons", "./*/dist-packages/doc", "*/i18n", "*.egg-info"]

# This file is missing in the package, and the bundle of the web client needs it. It
# blurs the background of video calls: an empty file is sufficient here.
MISSING_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Source:
    """The folder that contains the Python package ``odoo``, and the exact version."""

    folder: Path
    version: str


@functools.cache
def find():
    """Return the Odoo to use; download it if there is none.

    :raise Failure: ``ODOO_HOME`` is not Odoo 19, or the download failed
    """
    home = os.environ.get("ODOO_HOME")
    if home:
        return _checkout(Path(home).resolve())
    return _importable() or _debian()


def series(release):
    """Return the series in the content of ``odoo/release.py``, such as ``19.0``."""
    found = re.search(
        r"^version_info\s*=\s*\(\s*'?([\w~]+)'?\s*,\s*(\d+)", release, re.M
    )
    return ".".join(found.groups()) if found else None


def _checkout(folder):
    release = folder / "odoo" / "release.py"
    if not release.exists():
        raise Failure(
            f"ODOO_HOME: {release} does not exist.", "Set it to a checkout of Odoo 19."
        )
    found = series(release.read_text())
    if found != SERIES:
        raise Failure(
            f"ODOO_HOME: {folder} is Odoo {found}, but Odoo {SERIES} is required.",
            "Set it to a checkout of Odoo 19, or unset it to use Debian's package.",
        )
    return Source(folder, f"{found} in {folder}")


def _importable():
    """Return the Odoo 19 that python3 can import, or None."""
    code = "import odoo.release as r; print(r.__file__)"
    found = subprocess.run(
        ["python3", "-c", code], cwd="/", capture_output=True, text=True
    )
    if found.returncode:
        return None
    folder = Path(found.stdout.strip()).parents[1]
    # Our own, if our virtual environment is activated.
    if folder == PACKAGES:
        return None
    if series((folder / "odoo" / "release.py").read_text()) != SERIES:
        return None
    return Source(folder, f"{SERIES} in {folder}")


def _debian():
    name, _, version = PIN.read_text().strip().partition("=")
    stamp = paths.Stamp("odoo", paths.digest(PIN, EXCLUDED))
    record = paths.DEV / "odoo" / "version"
    if not stamp.fresh():
        stamp.clear()
        with step("Download and extract Debian's package of Odoo"):
            record.parent.mkdir(exist_ok=True)
            record.write_text(_install(name, version))
        stamp.write()
    return Source(PACKAGES, record.read_text())


def _install(name, version):
    """Download and extract the package; return the version that was available."""
    run(["rm", "-rf", PACKAGES])
    PACKAGES.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=paths.DEV) as folder:
        archive = _download(folder, name, version)
        _extract(archive)
        version = run(["dpkg-deb", "-f", archive, "Version"]).strip()
        # The login page needs jQuery; Debian's Odoo uses that of this package.
        for library in apt.download(folder, "libjs-jquery"):
            if library != archive:
                run(["dpkg-deb", "-x", library, paths.DEV / "odoo"])
    _repair()
    return version


def _download(folder, name, version):
    options = apt.isolated(APT, "sid")
    apt.update(options, f"{apt.NETWORK_HINT} {ODOO_HOME_HINT}")
    try:
        return apt.download(folder, f"{name}={version}", options=options)[0]
    except Failure:
        say(f"  {name} {version} is no longer available; using the newest version")
        return apt.download(folder, name, options=options)[0]


def _extract(archive):
    unpack = subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE
    )
    excluded = [f"--exclude={pattern}" for pattern in EXCLUDED]
    where = ["-C", paths.DEV / "odoo", "--no-same-owner"]
    wanted = "./usr/lib/python3/dist-packages"
    run(["tar", "-x", *where, *excluded, wanted], stdin=unpack.stdout, log=apt.LOG)
    if unpack.wait():
        raise Failure(f"{archive} cannot be read.", "Try again to download it again.")


def _repair():
    """Create the file that Debian's package lacks, and remove broken links."""
    missing = PACKAGES / "odoo" / "addons" / MISSING_FILE
    missing.parent.mkdir(parents=True, exist_ok=True)
    missing.touch()
    run(["find", PACKAGES, "-xtype", "l", "-delete"])
