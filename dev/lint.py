"""``make lint``: run the hooks of ``.pre-commit-config.yaml`` on all files.

Their environments are in ``.dev/`` and do not need Odoo.
"""

import os
import shutil
import subprocess
import sys

from . import console, paths
from .console import Failure, step
from .results import Result

PINS = paths.PINS / "lint.txt"
CONSTRAINTS = paths.PINS / "lint-transitive.txt"
CONFIG = paths.ROOT / ".pre-commit-config.yaml"
FOLDER = paths.DEV / "lint"
TOOLS = FOLDER / "tools"
LOG = paths.LOG / "lint.log"
HINT = "Check the network and the configuration of pip and npm, then try again."
NO_CHECKOUT = (
    "pre-commit needs a git repository, and this is not one;"
    " run `git init && git add .` to create it"
)
README = "oca-gen-addon-readme"


def run():
    """Run the hooks and return the result, which counts as one check.

    The environment variables ``FULL`` and ``OCS_FULL`` add the slow hooks.
    """
    if not is_checkout():
        return Result(skipped=[f"lint: {NO_CHECKOUT}"])
    ensure()
    is_full = os.environ.get("FULL") or os.environ.get("OCS_FULL")
    stage = "manual" if is_full else "pre-commit"
    options = ["--all-files", "--show-diff-on-failure", f"--hook-stage={stage}"]
    with step("Run the pre-commit hooks"):
        done = pre_commit("run", *options)
    return Result.failure(done.stdout) if done.returncode else Result(passed=1)


def write_readmes():
    """Generate README.rst and index.html of each addon."""
    if not is_checkout():
        raise Failure(f"Nothing was generated: {NO_CHECKOUT}.")
    ensure()
    with step("Generate README.rst and index.html"):
        # A hook fails when it changes files; it succeeds when it runs again.
        command = ("run", README, "--all-files")
        done = pre_commit(*command)
        if done.returncode:
            done = pre_commit(*command)
    if done.returncode:
        raise Failure(done.stdout)


def is_checkout():
    """Return whether this is a git repository."""
    return bool(shutil.which("git")) and (paths.ROOT / ".git").exists()


def ensure():
    """Install pre-commit and the environments of the hooks, if necessary."""
    _ensure_tools()
    stamp = paths.Stamp(
        "lint-hooks",
        paths.digest(str(TOOLS), sys.version, PINS, CONSTRAINTS, CONFIG),
    )
    if stamp.fresh():
        return
    stamp.clear()
    with step("Install the environments of the hooks (pre-commit)"):
        done = pre_commit("install-hooks")
    if done.returncode:
        raise Failure(done.stdout, HINT)
    stamp.write()


def _ensure_tools():
    key = paths.digest(str(TOOLS), sys.version, PINS, CONSTRAINTS)
    stamp = paths.Stamp("lint-tools", key)
    if stamp.fresh():
        return
    stamp.clear()
    with step("Install pre-commit and Node.js"):
        shutil.rmtree(TOOLS, ignore_errors=True)
        console.run([sys._base_executable, "-m", "venv", TOOLS], log=LOG, hint=HINT)
        pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "-q"]
        console.run([*pip, "-r", PINS, "-c", CONSTRAINTS], log=LOG, hint=HINT)
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
    """Return environment variables that keep the caches out of the home folder."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(TOOLS / "bin"), os.environ["PATH"]]),
        "PIP_CONSTRAINT": str(CONSTRAINTS),
        "PRE_COMMIT_COLOR": "never",
        "PRE_COMMIT_HOME": str(FOLDER / "hooks"),
        "PYLINTHOME": str(FOLDER / "pylint"),
        "npm_config_cache": str(FOLDER / "npm"),
    }
