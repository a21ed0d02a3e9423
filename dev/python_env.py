"""The virtual environment: Odoo's dependencies, the OCA addons and the test tools."""

import os
import shutil
import sys

from . import odoo_source, paths
from .console import Failure, run, say, step

TOOLS = paths.PINS / "python-tools.txt"
PINS = [paths.PINS / "python.txt", paths.PINS / "python-test.txt"]
LOG = paths.LOG / "python.log"
REMEDY = "Check the network and pip's configuration, then start again."

# uv does not read pip's configuration: each setting of it and uv's name for it.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}

METADATA = f"""\
Metadata-Version: 2.1
Name: odoo
Version: {odoo_source.SERIES}
"""


def environment(others=os.environ):
    """Return ``others`` with what lets Python keep what it compiles, in ``.dev/``."""
    kept = {k: v for k, v in others.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(paths.DEV / "pycache")}


def ensure(source):
    """Make the environment for the Odoo ``source``, unless it is there already."""
    key = paths.digest(str(paths.VENV), sys.version, source, TOOLS, *PINS)
    stamp = paths.Stamp("python", key)
    if stamp.fresh():
        return
    stamp.clear()
    with step("Python environment (Odoo's dependencies, OCA addons, test tools)"):
        create(paths.VENV, source, PINS)
    stamp.write()


def create(folder, source, pins):
    """Make an environment in ``folder`` with the Odoo ``source``.

    :param pins: files that list what else is installed
    """
    shutil.rmtree(folder, ignore_errors=True)
    # Not the Python of an environment: that may be the one to be replaced.
    run([sys._base_executable, "-m", "venv", folder], log=LOG, remedy=REMEDY)
    _make_known(folder, source)
    _install(folder / "bin" / "python", pins)


def _make_known(folder, source):
    """Let Python find Odoo, and let pip believe it is installed.

    The OCA addons on the package index depend on a distribution named odoo.
    """
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "odoo.pth").write_text(f"{source.folder}\n")
    info = packages / f"odoo-{odoo_source.SERIES}.dist-info"
    info.mkdir()
    content = {
        "METADATA": METADATA,
        "INSTALLER": "dev\n",
        "RECORD": "".join(
            f"{info.name}/{name},,\n" for name in ("METADATA", "INSTALLER", "RECORD")
        ),
    }
    for name, text in content.items():
        (info / name).write_text(text)


def _install(python, pins):
    """Install the pins with uv, which takes seconds, or else with pip."""
    files = [part for file in pins for part in ("-r", file)]
    pip = [python, "-m", "pip", "install", "-q"]
    try:
        run([*pip, "-r", TOOLS], log=LOG)
        uv = [python.parent / "uv", "pip", "install", "--python", python]
        run([*uv, *files], env=uv_settings(_pip_settings()) | os.environ, log=LOG)
    except Failure:
        say(f"  uv did not install them (see {LOG}): taking pip, which is slower")
        run([*pip, *files], log=LOG, remedy=REMEDY)


def _pip_settings():
    return run([paths.PYTHON, "-m", "pip", "config", "list"])


def uv_settings(listing):
    """Return the environment for uv that says what ``pip config list`` says."""
    settings = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        name = UV_NAMES.get(key.rpartition(".")[2])
        if name:
            settings[name] = value.strip("'\"").replace("\\n", " ").strip()
    if "UV_INDEX" in settings:
        # pip takes the best version of all indexes, uv the first index that has any.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings
