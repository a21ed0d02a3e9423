"""Debian packages: a few are installed, servers are only extracted.

Installing a server package would start and enable a system service. Extracting it only
creates files in a folder.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import paths
from .console import Failure, run, step

OPTIONS = [
    "-o",
    "DPkg::Lock::Timeout=300",
    # Packages are downloaded to our folder, which apt's own account may not enter.
    "-o",
    "APT::Sandbox::User=root",
]
INSTALL = ["-y", "--no-install-recommends", "--no-remove"]
LOG = paths.LOG / "apt.log"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NETWORK_HINT = "Check the network and the apt sources of this machine, then try again."

# The dependencies that a server needs to run, without tools and configuration.
# LLVM only compiles long queries, and is as large as all the others together.
LIBRARY = re.compile(r"(lib(?!llvm)|tzdata|zlib1g)")
PERL_MODULE = re.compile(r"lib[a-z0-9.+-]+-perl")
NEEDED = ["apt-cache", "depends", "--recurse", "--important"]

_updated = False


def install(*packages):
    """Install missing ``packages``; they must not contain a service."""
    missing = [package for package in packages if not is_installed(package)]
    if missing:
        _as_root("install", missing, missing)


def is_installed(package):
    """Return whether ``package`` is installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    found = subprocess.run(query, capture_output=True, text=True)
    return found.stdout.strip() == "installed"


def extract(root, *packages, programs=False):
    """Download ``packages`` and extract them to ``root``, which is created atomically.

    :param programs: whether to install the libraries that the packages need to run
    """
    with tempfile.TemporaryDirectory(dir=paths.DEV) as folder:
        archives = download(folder, *packages)
        if programs:
            satisfy(libraries(archives))
        new = Path(folder, "root")
        for archive in archives:
            run(["dpkg-deb", "-x", archive, new], log=LOG)
        new.chmod(0o755)
        root.parent.mkdir(exist_ok=True)
        new.rename(root)


def download(folder, *packages, options=()):
    """Download ``packages`` into ``folder`` and return the files.

    :param options: more options for apt, to use other sources than the machine's
    """
    command = ["apt-get", *OPTIONS, *options, "download", *packages]
    if options:
        run(command, cwd=folder, log=LOG, hint=NETWORK_HINT)
    else:
        _with_update(lambda: run(command, cwd=folder, log=LOG, hint=NETWORK_HINT))
    return sorted(Path(folder).glob("*.deb"))


def libraries(archives):
    """Return the dependencies of ``archives`` that are libraries or time zones.

    Packages among ``archives`` are left out: they are extracted, not installed.
    """
    own = {Path(archive).name.partition("_")[0] for archive in archives}
    found = set()
    for archive in archives:
        depends = run(["dpkg-deb", "-f", archive, "Depends"])
        found |= {part.strip() for part in depends.split(",")}
    libraries = filter(LIBRARY.match, found)
    return sorted(part for part in libraries if part.split()[0] not in own)


def perl_modules(*packages):
    """Return the packages with Perl modules that ``packages`` depend on."""
    lines = _with_update(lambda: _lines([*NEEDED, *packages]))
    return sorted({line for line in lines if PERL_MODULE.fullmatch(line)})


def satisfy(dependencies):
    """Install missing ``dependencies``, which are written as in a control file."""
    wanted = ", ".join(dependencies)
    simulate = ["apt-get", "satisfy", "-s", *INSTALL, wanted]
    plan = _with_update(lambda: run(simulate, log=LOG, hint=NETWORK_HINT))
    packages = re.findall(r"^Inst (\S+)", plan, re.MULTILINE)
    # sudo asks for a password only if there is something to install.
    if packages:
        _as_root("satisfy", [wanted], packages)


def isolated(folder, *suites):
    """Return options with which apt uses other suites of Debian, in this order.

    Sources, lists and cache are separate from those of the machine, which must not
    change.

    :param folder: where they are kept
    """
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    sources = folder / "sources.list"
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    lines = [f"deb {signed}{mirror()} {suite} main\n" for suite in suites]
    sources.write_text("".join(lines))
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Acquire::Check-Valid-Until": "false",
    }
    return [
        part for key, value in settings.items() for part in ("-o", f"{key}={value}")
    ]


def update(options, hint=NETWORK_HINT):
    """Update the package lists of the sources in ``options``."""
    run(["apt-get", *OPTIONS, *options, "update"], log=LOG, hint=hint)


def mirror():
    """Return the URL of the archive from which this machine gets Debian packages."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)", "Origin: Debian"]
    sites = _with_update(lambda: _lines(command))
    # The security archive does not contain other suites.
    return next((site for site in sites if "security" not in site), sites[0])


def _lines(command):
    lines = run(command, hint=NETWORK_HINT).split()
    if not lines:
        raise Failure("apt has no package lists of Debian.", NETWORK_HINT)
    return lines


def _as_root(action, arguments, packages):
    names = " ".join(packages)
    command = ["apt-get", *OPTIONS, action, *INSTALL, *arguments]
    with step(f"Install {names} (apt)"):
        sudo = _sudo(f"apt-get install --no-install-recommends {names}")
        _with_update(lambda: run([*sudo, *command], log=LOG, hint=NETWORK_HINT))


def _sudo(manually):
    """Return the prefix that runs a command as root, without questions.

    :param manually: the command to suggest if there is no sudo
    :raise Failure: this is not root, and there is no sudo
    """
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo"):
        return ["sudo", *quiet]
    raise Failure(
        "Debian packages are missing, and sudo is not available.",
        f"Run `{manually}` as root, then try again.",
    )


def _with_update(action):
    """Call ``action``; if it fails, update the package lists and call it again.

    They may be missing on a new machine, or list versions that were replaced.
    """
    global _updated
    try:
        return action()
    except Failure:
        if _updated:
            raise
    _updated = True
    with step("Update the package lists (apt)"):
        update = [*_sudo("apt-get update"), "apt-get", *OPTIONS, "update"]
        run(update, log=LOG, hint=NETWORK_HINT)
    return action()
