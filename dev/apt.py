"""Debian packages: a few installed, the servers only extracted.

An installed server package would start and enable a service of the machine.
An extracted one is files in a folder.
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
    # Downloads go to our folder, which apt's own account may not enter.
    "-o",
    "APT::Sandbox::User=root",
]
INSTALL = ["-y", "--no-install-recommends", "--no-remove"]
LOG = paths.LOG / "apt.log"
NETWORK = "Check the network and the machine's apt sources, then start again."

# What a server needs from other packages to run: not their tools, nor their set-up.
# LLVM only compiles long queries, and is as big as everything else together.
LIBRARY = re.compile(r"(lib(?!llvm)|tzdata|zlib1g)")
PERL_MODULE = re.compile(r"lib[a-z0-9.+-]+-perl")
NEEDED = ["apt-cache", "depends", "--recurse", "--important"]

_updated = False


def install(*packages):
    """Install those of ``packages`` that are missing; none may be a service."""
    missing = [package for package in packages if not is_installed(package)]
    if missing:
        _as_root("install", missing, missing)


def is_installed(package):
    """Return whether ``package`` is installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    found = subprocess.run(query, capture_output=True, text=True)
    return found.stdout.strip() == "installed"


def extract(root, *packages, programs=False):
    """Download ``packages`` and extract them under ``root``, which appears at once.

    :param programs: they are to be run: install the libraries they need
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

    :param options: more options for apt, for other sources than the machine's
    """
    command = ["apt-get", *OPTIONS, *options, "download", *packages]
    if options:
        run(command, cwd=folder, log=LOG, remedy=NETWORK)
    else:
        _with_update(lambda: run(command, cwd=folder, log=LOG, remedy=NETWORK))
    return sorted(Path(folder).glob("*.deb"))


def libraries(archives):
    """Return the dependencies of ``archives`` that are libraries or time zones.

    What is an archive among them itself is extracted, not installed.
    """
    own = {Path(archive).name.partition("_")[0] for archive in archives}
    found = set()
    for archive in archives:
        depends = run(["dpkg-deb", "-f", archive, "Depends"])
        found |= {part.strip() for part in depends.split(",")}
    libraries = filter(LIBRARY.match, found)
    return sorted(part for part in libraries if part.split()[0] not in own)


def perl_modules(*packages):
    """Return the packages of Perl modules that ``packages`` need, installed or not."""
    lines = _with_update(lambda: _lines([*NEEDED, *packages]))
    return sorted({line for line in lines if PERL_MODULE.fullmatch(line)})


def satisfy(dependencies):
    """Install what is missing of ``dependencies``, written as in a control file."""
    wanted = ", ".join(dependencies)
    simulate = ["apt-get", "satisfy", "-s", *INSTALL, wanted]
    plan = _with_update(lambda: run(simulate, log=LOG, remedy=NETWORK))
    packages = re.findall(r"^Inst (\S+)", plan, re.MULTILINE)
    # A password is asked for only if there is something to install.
    if packages:
        _as_root("satisfy", [wanted], packages)


def mirror():
    """Return the address of the archive this machine takes Debian's packages from."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)", "Origin: Debian"]
    sites = _with_update(lambda: _lines(command))
    # The security archive carries no other suites.
    return next((site for site in sites if "security" not in site), sites[0])


def _lines(command):
    lines = run(command, remedy=NETWORK).split()
    if not lines:
        raise Failure("apt knows no package lists of Debian.", NETWORK)
    return lines


def _as_root(action, arguments, packages):
    names = " ".join(packages)
    command = ["apt-get", *OPTIONS, action, *INSTALL, *arguments]
    with step(f"apt: {names}"):
        sudo = _sudo(f"apt-get install --no-install-recommends {names}")
        _with_update(lambda: run([*sudo, *command], log=LOG, remedy=NETWORK))


def _sudo(by_hand):
    """Return what makes root of us; fail with what to do ``by_hand`` without it."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo"):
        return ["sudo", *quiet]
    raise Failure(
        "Debian packages are missing, and there is no sudo.",
        f"As root, do `{by_hand}`, then start again.",
    )


def _with_update(action):
    """Do ``action``; if it fails, fetch the package lists and try once more.

    They may be missing on a new machine, or name versions that are gone.
    """
    global _updated
    try:
        return action()
    except Failure:
        if _updated:
            raise
    _updated = True
    with step("apt: package lists"):
        update = [*_sudo("apt-get update"), "apt-get", *OPTIONS, "update"]
        run(update, log=LOG, remedy=NETWORK)
    return action()
