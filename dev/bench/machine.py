"""The machine and the programs of a benchmark."""

import os
import platform
import subprocess
from datetime import datetime

from .. import mariadb, odoo_source, paths, postgres
from ..console import run

PACKAGES = ("PyMySQL", "odoo-addon-queue-job", "psycopg2-binary")
CODE = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"


def facts():
    """Return facts about the machine and the programs.

    Both database servers must be running.
    """
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "load_before": os.getloadavg(),
        "processor": _processor(),
        "system": platform.platform(),
        "revision": _revision(),
        "versions": {
            "python": run([paths.PYTHON, "--version"]).split()[-1],
            "odoo": odoo_source.find().version,
            "postgresql": postgres.query("SHOW server_version")[0],
            "mariadb": mariadb.execute("SELECT VERSION()")[0],
            **{name: _version(name) for name in PACKAGES},
        },
    }


def _processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _version(package):
    return run([paths.PYTHON, "-c", CODE, package]).strip()


def _revision():
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    return done.stdout.strip()
