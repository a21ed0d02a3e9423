"""The virtual environment: Odoo's dependencies, the OCA addons and the test tools."""

import os
import shutil
import sys

from . import odoo_source, paths
from .console import Failure, run, say, step

TOOLS = paths.PINS / "python-tools.txt"
PINS = [paths.PINS / "python.txt", paths.PINS / "python-test.txt"]
CONSTRAINTS = paths.PINS / "transitive.txt"
LOG = paths.LOG / "python.log"
HINT = "Check the network and the configuration of pip, then try again."

# uv does not read the configuration of pip: its names for the settings of pip.
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
    """Return environment variables with which Python caches bytecode in ``.dev/``."""
    kept = {k: v for k, v in others.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(paths.DEV / "pycache")}


def ensure(source):
    """Create the environment for the Odoo ``source``, if necessary."""
    key = paths.digest(str(paths.VENV), sys.version, source, TOOLS, *PINS, CONSTRAINTS)
    stamp = paths.Stamp("python", key)
    if stamp.fresh():
        return
    stamp.clear()
    with step("Install the dependencies of Odoo, OCA addons and test tools"):
        create(paths.VENV, source, PINS)
    stamp.write()


def create(folder, source, pins):
    """Create an environment in ``folder`` with the Odoo ``source``.

    :param pins: requirements files to install
    """
    shutil.rmtree(folder, ignore_errors=True)
    # Use the base interpreter: the current environment may be the one to replace.
    run([sys._base_executable, "-m", "venv", folder], log=LOG, hint=HINT)
    _register_odoo(folder, source)
    _install(folder / "bin" / "python", pins)


def _register_odoo(folder, source):
    """Make Odoo importable, and make pip consider it installed.

    The packages of OCA addons depend on a distribution named odoo.
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
    """Install the pins with uv, which is faster, or with pip if uv fails."""
    files = [part for file in pins for part in ("-r", file)] + ["-c", CONSTRAINTS]
    pip = [python, "-m", "pip", "install", "-q"]
    try:
        run([*pip, "-r", TOOLS], log=LOG)
        uv = [python.parent / "uv", "pip", "install", "--python", python]
        run([*uv, *files], env=uv_settings(_pip_settings()) | os.environ, log=LOG)
    except Failure:
        say(f"  uv failed (see {LOG}); using pip, which is slower")
        run([*pip, *files], log=LOG, hint=HINT)


def _pip_settings():
    return run([paths.PYTHON, "-m", "pip", "config", "list"])


def uv_settings(listing):
    """Return environment variables for uv with the settings of pip.

    :param listing: output of ``pip config list``
    """
    settings = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        name = UV_NAMES.get(key.rpartition(".")[2])
        if name:
            settings[name] = value.strip("'\"").replace("\\n", " ").strip()
    if "UV_INDEX" in settings:
        # Like pip, search all indexes instead of only the first that has the package.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings
