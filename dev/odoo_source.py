"""Which Odoo 19 to use: the user's own, or Debian's package, extracted."""

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
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
OWN = "Or set ODOO_HOME to a checkout of Odoo 19."

# What only translators and packagers need: three quarters of the size.
UNUSED = ["./*/dist-packages/addons", "./*/dist-packages/doc", "*/i18n", "*.egg-info"]

# The package lacks this file, and the web client's bundle does not build without
# it. It blurs the background of video calls: an empty one is as good here.
STRIPPED = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Source:
    """A folder that holds the Python package ``odoo``, and its exact version."""

    folder: Path
    version: str


@functools.cache
def find():
    """Return the Odoo to use; download it only if there is none.

    :raise Failure: ``ODOO_HOME`` is not an Odoo 19, or the download failed
    """
    home = os.environ.get("ODOO_HOME")
    if home:
        return _checked(Path(home).resolve())
    return _importable() or _debian()


def series(release):
    """Return the series, such as ``19.0``, from the text of ``odoo/release.py``."""
    found = re.search(
        r"^version_info\s*=\s*\(\s*'?([\w~]+)'?\s*,\s*(\d+)", release, re.M
    )
    return ".".join(found.groups()) if found else None


def _checked(folder):
    release = folder / "odoo" / "release.py"
    if not release.exists():
        raise Failure(
            f"ODOO_HOME: there is no {release}.", "Name a checkout of Odoo 19."
        )
    found = series(release.read_text())
    if found != SERIES:
        raise Failure(
            f"ODOO_HOME: {folder} is Odoo {found}, this needs {SERIES}.",
            "Name a checkout of Odoo 19, or unset ODOO_HOME to use Debian's package.",
        )
    return Source(folder, f"{found} in {folder}")


def _importable():
    """Return the Odoo 19 that python3 imports, if it does."""
    code = "import odoo.release as r; print(r.__file__)"
    found = subprocess.run(
        ["python3", "-c", code], cwd="/", capture_output=True, text=True
    )
    if found.returncode:
        return None
    folder = Path(found.stdout.strip()).parents[1]
    # Ours, when our own environment is the one that is activated.
    if folder == PACKAGES:
        return None
    if series((folder / "odoo" / "release.py").read_text()) != SERIES:
        return None
    return Source(folder, f"{SERIES} in {folder}")


def _debian():
    name, _, version = PIN.read_text().strip().partition("=")
    stamp = paths.Stamp("odoo", paths.digest(PIN, UNUSED))
    record = paths.DEV / "odoo" / "version"
    if not stamp.fresh():
        stamp.clear()
        with step("Odoo (Debian's package, extracted)"):
            record.parent.mkdir(exist_ok=True)
            record.write_text(_install(name, version))
        stamp.write()
    return Source(PACKAGES, record.read_text())


def _install(name, version):
    """Download and extract; return the version that was there to be had."""
    run(["rm", "-rf", PACKAGES])
    PACKAGES.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=paths.DEV) as folder:
        archive = _download(folder, name, version)
        _extract(archive)
        version = run(["dpkg-deb", "-f", archive, "Version"]).strip()
        # The login page needs jQuery, which Debian's Odoo takes from this package.
        for library in apt.download(folder, "libjs-jquery"):
            if library != archive:
                run(["dpkg-deb", "-x", library, paths.DEV / "odoo"])
    _repair()
    return version


def _download(folder, name, version):
    options = _isolated_apt()
    run(
        ["apt-get", *apt.OPTIONS, *options, "update"],
        log=apt.LOG,
        remedy=f"{apt.NETWORK} {OWN}",
    )
    try:
        return apt.download(folder, f"{name}={version}", options=options)[0]
    except Failure:
        say(f"  {name} {version} is no longer there: taking the newest {name}")
        return apt.download(folder, name, options=options)[0]


def _isolated_apt():
    """Return the options for an apt that knows Debian's unstable suite.

    It has its own sources, lists and cache: the machine's apt must never see them.
    """
    for folder in ("lists/partial", "cache/archives/partial"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    sources = APT / "sources.list"
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    sources.write_text(f"deb {signed}{apt.mirror()} sid main\n")
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::Lists": APT / "lists",
        "Dir::Cache": APT / "cache",
        "Acquire::Check-Valid-Until": "false",
    }
    return [
        part for key, value in settings.items() for part in ("-o", f"{key}={value}")
    ]


def _extract(archive):
    unpack = subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE
    )
    excluded = [f"--exclude={pattern}" for pattern in UNUSED]
    where = ["-C", paths.DEV / "odoo", "--no-same-owner"]
    wanted = "./usr/lib/python3/dist-packages"
    run(["tar", "-x", *where, *excluded, wanted], stdin=unpack.stdout, log=apt.LOG)
    if unpack.wait():
        raise Failure(f"{archive} cannot be read.", "Start again to download it anew.")


def _repair():
    """Replace what Debian's package lacks, and remove the links to nothing."""
    missing = PACKAGES / "odoo" / "addons" / STRIPPED
    missing.parent.mkdir(parents=True, exist_ok=True)
    missing.touch()
    run(["find", PACKAGES, "-xtype", "l", "-delete"])
