"""requirements.txt: what the addons need from Python besides Odoo and other addons.

The hook oca-gen-external-dependencies runs it. The OCA's tests install this file.
"""

import os
import subprocess
import sys

from . import paths

FILE = paths.ROOT / "requirements.txt"
HEADER = "# generated from manifests external_dependencies\n"
ADDONS = r"^(odoo$|odoo\d*-addon-)"


def content():
    """Return what the file is to be, from the metadata that whool gives the addons."""
    projects = [addon / "pyproject.toml" for addon in paths.addons()]
    command = [sys.executable, "-m", "pyproject_dependencies", "--no-isolation"]
    found = subprocess.check_output(
        [*command, "--name-filter", ADDONS, *projects],
        # The exact version of an addon says nothing about what it needs.
        env={**os.environ, "WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none"},
        text=True,
    )
    return HEADER + found


if __name__ == "__main__":
    text = content()
    if not FILE.exists() or FILE.read_text() != text:
        FILE.write_text(text)
        sys.exit("Generated requirements.txt: add it to git.")
