"""Packages of database servers in Debian's suites, with all libraries they need.

A server of a newer suite needs the C library of that suite. It is extracted beside the
server, which is started by its dynamic linker; nothing is installed.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from . import apt, paths
from .console import Failure, run, step

SUITES = ("bookworm", "trixie", "sid")
APT = paths.DEV / "apt-databases"
# The lines of `apt-cache madison` and of a simulated installation.
LISTED = re.compile(r"\| +(?:\d+:)?(\S+) +\| \S+ ([a-z]+)/main")
PLANNED = re.compile(r"^Inst (\S+) \((\S+)", re.MULTILINE)


class Package(NamedTuple):
    """A package of a server in the versions that begin with ``series``."""

    name: str
    series: str

    @property
    def root(self):
        """Folder to which the package is extracted."""
        return paths.DEBIAN / f"{self.name}-{self.series}"

    def ensure(self):
        """Extract the package and its libraries.

        :raise Failure: Debian does not have it, or no longer has it
        """
        if self.root.exists():
            return
        with step(f"Extract {self.name} {self.series}"):
            options = apt.isolated(APT, *SUITES)
            apt.update(options)
            suite = self._suite(options)
            self._extract(options, _needed(self.name, suite, options))

    def _suite(self, options):
        """Return the first suite that has the package in this series."""
        listed = run(["apt-cache", *options, "madison", self.name])
        found = find_suites(listed, self.series)
        if not found:
            raise Failure(
                f"Debian's suites {', '.join(SUITES)} have no {self.name} {self.series}"
            )
        return min(found, key=SUITES.index)

    def _extract(self, options, packages):
        with tempfile.TemporaryDirectory(dir=paths.DEV) as folder:
            new = Path(folder, "root")
            for archive in apt.download(folder, *packages, options=options):
                run(["dpkg-deb", "-x", archive, new], log=apt.LOG)
            new.chmod(0o755)
            self.root.parent.mkdir(exist_ok=True)
            new.rename(self.root)

    def command(self, program):
        """Return the command that runs ``program`` with the extracted libraries."""
        (linker,) = self.root.glob("usr/lib/*/ld-linux*.so.?")
        folders = [linker.parent, self.root / "usr/lib/mysql/private"]
        libraries = ":".join(map(str, folders))
        return [linker, "--library-path", libraries, self.root / "usr/sbin" / program]


def find_suites(listed, series):
    """Return the suites with a series, from the output of ``apt-cache madison``."""
    found = LISTED.findall(listed)
    return {suite for version, suite in found if version.startswith(f"{series}.")}


def _needed(name, suite, options):
    """Return ``name`` and the libraries that it needs, each with its version."""
    # With an empty list of installed packages, apt names all that are needed.
    status = APT / "status"
    status.touch()
    simulate = [
        *["apt-get", *apt.OPTIONS, *options, "-o", f"Dir::State::status={status}"],
        *["-t", suite, "-s", "--no-install-recommends", "install", name],
    ]
    planned = PLANNED.findall(subprocess.check_output(simulate, text=True))
    return [
        f"{package}={version}"
        for package, version in planned
        if package == name or apt.LIBRARY.match(package)
    ]
