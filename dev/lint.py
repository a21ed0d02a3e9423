"""``make lint``: the hooks of ``.pre-commit-config.yaml``, on all files.

What they need is installed below ``.dev/``, in environments that need no Odoo.
"""

import os
import shutil
import subprocess
import sys

from . import console, paths
from .console import Failure, step
from .results import Result

PINS = paths.PINS / "lint.txt"
CONFIG = paths.ROOT / ".pre-commit-config.yaml"
FOLDER = paths.DEV / "lint"
TOOLS = FOLDER / "tools"
LOG = paths.LOG / "lint.log"
HINT = "Check the network and the settings of pip and npm, then start again."
NO_CHECKOUT = (
    "this is not a git checkout, and pre-commit asks git which files there are:"
    " `git init && git add .` makes it one"
)
README = "oca-gen-addon-readme"


def run():
    """Run the hooks and return the outcome as one check.

    ``OCS_FULL`` in the environment adds those that take long.
    """
    if not is_checkout():
        return Result(skipped=[f"lint: {NO_CHECKOUT}"])
    ensure()
    stage = "manual" if os.environ.get("OCS_FULL") else "pre-commit"
    options = ["--all-files", "--show-diff-on-failure", f"--hook-stage={stage}"]
    with step("Lint (the hooks of pre-commit)"):
        done = pre_commit("run", *options)
    return Result.failure(done.stdout) if done.returncode else Result(passed=1)


def write_readmes():
    """Write README.rst and index.html of each addon."""
    if not is_checkout():
        raise Failure(f"Nothing was written: {NO_CHECKOUT}.")
    ensure()
    with step("README.rst and index.html"):
        # A hook that changes files fails; the second time it finds nothing to do.
        command = ("run", README, "--all-files")
        done = pre_commit(*command)
        if done.returncode:
            done = pre_commit(*command)
    if done.returncode:
        raise Failure(done.stdout)


def is_checkout():
    """Return whether the files are those of a git repository."""
    return bool(shutil.which("git")) and (paths.ROOT / ".git").exists()


def ensure():
    """Install pre-commit and the environments of the hooks, unless they are there."""
    _ensure_tools()
    stamp = paths.Stamp(
        "lint-hooks", paths.digest(str(TOOLS), sys.version, PINS, CONFIG)
    )
    if stamp.fresh():
        return
    stamp.clear()
    with step("Environments of the hooks (pre-commit)"):
        done = pre_commit("install-hooks")
    if done.returncode:
        raise Failure(done.stdout, HINT)
    stamp.write()


def _ensure_tools():
    stamp = paths.Stamp("lint-tools", paths.digest(str(TOOLS), sys.version, PINS))
    if stamp.fresh():
        return
    stamp.clear()
    with step("pre-commit and Node.js"):
        shutil.rmtree(TOOLS, ignore_errors=True)
        console.run([sys._base_executable, "-m", "venv", TOOLS], log=LOG, remedy=HINT)
        pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "-q"]
        console.run([*pip, "-r", PINS], log=LOG, remedy=HINT)
    stamp.write()


def pre_commit(*arguments):
    """Run pre-commit and return the finished process."""
    return subprocess.run(
        [TOOLS / "bin" / "pre-commit", *arguments],
        cwd=paths.ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def environment():
    """Return the environment of the hooks, which leaves the user's home as it is."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(TOOLS / "bin"), os.environ["PATH"]]),
        "PRE_COMMIT_COLOR": "never",
        "PRE_COMMIT_HOME": str(FOLDER / "hooks"),
        "PYLINTHOME": str(FOLDER / "pylint"),
        "npm_config_cache": str(FOLDER / "npm"),
    }
