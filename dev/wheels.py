"""``make wheels``: build the wheels of the addons and install them separately."""

import shutil
import zipfile

from . import odoo_server, odoo_source, paths, python_env, template
from .console import Failure, run, step

FOLDER = paths.DEV / "wheels"
ENVIRONMENT = FOLDER / "environment"
CONFIG = FOLDER / "odoo.conf"
LOG = paths.LOG / "wheels.log"
DATABASE = "wheels"
HINT = "Check the network and the configuration of pip, then try again."
# The addons must be installed from the wheels, not from the repository.
CHECK = """
from odoo.tools import file_path
for name in {names}:
    module = env["ir.module.module"].search([("name", "=", name)])
    assert module.state == "installed", f"{{name}} is {{module.state}}"
    assert file_path(f"{{name}}/__manifest__.py").startswith({folder!r}), name
"""


def check():
    """Build the wheels, and install them with pip and in a database.

    PostgreSQL must be running.
    """
    with step("Build the wheels (whool)"):
        wheels = build(FOLDER)
    for addon in paths.addons():
        missing = files_of(addon) - names_in(wheel_of(addon, wheels))
        if missing:
            raise Failure(
                f"Files are missing in the wheel of {addon.name}: {sorted(missing)}."
            )
    with step("Install the wheels in a new environment"):
        python_env.create(ENVIRONMENT, odoo_source.find(), python_env.PINS[:1])
        pip = [ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "-q"]
        run([*pip, *wheels], log=LOG, hint=HINT)
    with step("Install the addons in a database"):
        _install_addons()


def build(folder):
    """Build the wheel of each addon, and return their paths."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [paths.PYTHON, "-m", "pip", "wheel", "-q", "--no-deps"]
    run([*command, f"--wheel-dir={folder}", *paths.addons()], log=LOG, hint=HINT)
    return sorted(folder.glob("*.whl"))


def wheel_of(addon, wheels):
    """Return the wheel of an addon."""
    prefix = f"odoo_addon_{addon.name}-"
    return next(wheel for wheel in wheels if wheel.name.startswith(prefix))


def names_in(wheel):
    """Return the files of the addon in a wheel, relative to the addon."""
    with zipfile.ZipFile(wheel) as archive:
        parts = [name.split("/", 3) for name in archive.namelist()]
    return {part[3] for part in parts if part[:2] == ["odoo", "addons"]}


def files_of(addon):
    """Return the files that the wheel of an addon must contain, relative to it."""
    files = (path for path in addon.rglob("*") if path.is_file())
    names = {path.relative_to(addon).as_posix() for path in files}
    return {name for name in names if "__pycache__" not in name} - {"pyproject.toml"}


def _install_addons():
    names = [addon.name for addon in paths.addons()]
    # Without this repository, so that Odoo uses the wheels.
    others = odoo_server.addons_path().removeprefix(f"{paths.ROOT},")
    odoo_server.write_config(CONFIG, addons_path=others)
    template.copy(DATABASE)
    try:
        _run_odoo("-i", ",".join(names), "--stop-after-init")
        _run_odoo(stdin=CHECK.format(names=names, folder=str(ENVIRONMENT)))
    finally:
        template.drop(DATABASE)


def _run_odoo(*arguments, stdin=None):
    """Run Odoo in the new environment; with ``stdin``, its shell."""
    odoo = [ENVIRONMENT / "bin" / "python", "-m", "odoo", *(["shell"] if stdin else [])]
    run(
        [*odoo, "-c", CONFIG, "-d", DATABASE, "--no-http", *arguments],
        env=odoo_server.environment(),
        cwd=FOLDER,
        input=stdin,
        log=LOG,
        hint="Read the log, fix the problem and try again.",
    )
