"""Generate the table of addons in README.rst from their manifests.

This is the hook oca-gen-addons-table. The OCA's bot maintains the table of a README.md,
but not of a README.rst.
"""

import ast
import re
import sys

from . import paths

FILE = paths.ROOT / "README.rst"
MARKERS = re.compile(r"(?<=^\.\. addons\n\n).*(?=\n\n\.\. end of addons$)", re.M | re.S)
HEADER = ("Addon", "Version", "Maintainers", "Summary")


def update_table(text, addons):
    """Return the text of a README, with the table of ``addons`` between its markers."""
    rows = [HEADER, *map(row, addons)]
    result, found = MARKERS.subn(lambda _: table(rows), text)
    if not found:
        sys.exit("README.rst has no markers for the table of addons.")
    return result


def row(addon):
    """Return the cells of the row of an addon."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    maintainers = (
        f"`{login} <https://github.com/{login}>`__"
        for login in manifest.get("maintainers", ())
    )
    return (
        f"`{addon.name} <{addon.name}/README.rst>`__",
        manifest["version"],
        " ".join(maintainers),
        manifest["summary"],
    )


def table(rows):
    """Return a reStructuredText table; the first of ``rows`` is its header."""
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for first, *others in rows:
        lines.append(f"   * - {first}")
        lines += [f"     - {cell}".rstrip() for cell in others]
    return "\n".join(lines)


if __name__ == "__main__":
    before = FILE.read_text()
    after = update_table(before, paths.addons())
    if after != before:
        FILE.write_text(after)
        sys.exit("The table of addons in README.rst was updated. Add it to the commit.")
