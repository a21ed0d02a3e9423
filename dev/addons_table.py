"""The table of the addons in README.rst, from their manifests.

The hook oca-gen-addons-table runs it. The OCA's bot keeps such a table in a README.md
and leaves a README.rst alone.
"""

import ast
import re
import sys

from . import paths

FILE = paths.ROOT / "README.rst"
MARKS = re.compile(r"(?<=^\.\. addons\n\n).*(?=\n\n\.\. end of addons$)", re.M | re.S)
HEADER = ("Addon", "Version", "Maintainers", "Summary")


def updated(text, addons):
    """Return the text of a README with the table of ``addons`` between its marks."""
    rows = [HEADER, *map(row, addons)]
    result, found = MARKS.subn(lambda _: table(rows), text)
    if not found:
        sys.exit("README.rst has lost the marks of its table of addons.")
    return result


def row(addon):
    """Return the cells of an addon."""
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
    """Return a table in reStructuredText whose first row is its header."""
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for first, *others in rows:
        lines.append(f"   * - {first}")
        lines += [f"     - {cell}".rstrip() for cell in others]
    return "\n".join(lines)


if __name__ == "__main__":
    before = FILE.read_text()
    after = updated(before, paths.addons())
    if after != before:
        FILE.write_text(after)
        sys.exit("Generated the table of addons in README.rst: add it to git.")
