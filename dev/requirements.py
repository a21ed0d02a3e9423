"""Generate requirements.txt, with the external dependencies of the addons.

This is the hook oca-gen-external-dependencies. The OCA's tests install the file.
"""

import os
import subprocess
import sys

from . import paths

FILE = paths.ROOT / "requirements.txt"
HEADER = "# generated from manifests external_dependencies\n"
ADDONS = r"^(odoo$|odoo\d*-addon-)"


def content():
    """Return the content of the file, from the metadata of the addons' packages."""
    projects = [addon / "pyproject.toml" for addon in paths.addons()]
    command = [sys.executable, "-m", "pyproject_dependencies", "--no-isolation"]
    found = subprocess.check_output(
        [*command, "--name-filter", ADDONS, *projects],
        # Without this, whool would read the version of the addon from the git history.
        env={**os.environ, "WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none"},
        text=True,
    )
    return HEADER + found


if __name__ == "__main__":
    text = content()
    if not FILE.exists() or FILE.read_text() != text:
        FILE.write_text(text)
        sys.exit("requirements.txt was updated. Add it to the commit.")
