"""The linters, as OCA runs them."""

import os
import subprocess

from . import paths
from .console import step
from .results import Result


def run():
    """Run all linters and return the outcome as one check."""
    with step("Lint (ruff, pylint-odoo)"):
        found = [text for text in map(_output, commands()) if text]
    if found:
        return Result.failure("\n".join(found))
    return Result(passed=1)


def commands():
    """Return the command of each linter; none of them changes a file."""
    ruff = paths.VENV / "bin" / "ruff"
    # Its cache lies with everything else that is built.
    cache = f"--cache-dir={paths.DEV / 'ruff'}"
    yield [ruff, "check", "--no-fix", "--output-format=concise", cache, "."]
    yield [ruff, "format", "--check", "--output-format=concise", cache, "."]
    addons = [addon.name for addon in paths.addons()]
    if addons:
        # As everywhere at OCA without Odoo in reach, which pylint would read, too:
        # -S leaves out what leads there.
        pylint = [paths.PYTHON, "-S", "-m", "pylint"]
        yield [*pylint, "--rcfile=.pylintrc", *addons]


def _output(command):
    packages = next(paths.VENV.glob("lib/python*/site-packages"))
    done = subprocess.run(
        command,
        cwd=paths.ROOT,
        env={**os.environ, "PYTHONPATH": str(packages)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if not done.returncode:
        return ""
    return f"$ {' '.join(map(str, command))}\n{done.stdout}"
