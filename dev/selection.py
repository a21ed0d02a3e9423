"""Select tests with ``ONLY``: an addon, a folder, a file, a class, a method, the tours.

Names are separated by spaces. pytest imports this module as well, so it only uses the
standard library.
"""

import os
import re
from pathlib import Path

VARIABLE = "OCS_TEST_ONLY"
TOURS = "tours"
BROWSER_CASE = "HttpCase"


def wanted():
    """Return the names in ``ONLY``."""
    return os.environ.get(VARIABLE, "").split()


def selects(names, item):
    """Return whether one of ``names`` selects the test ``item`` of pytest."""
    return not names_of(item).isdisjoint(names)


def names_of(item):
    """Return all names that select a test of pytest."""
    path, *inside = item.nodeid.split("::")
    file = Path(path)
    plain = [part.partition("[")[0] for part in inside]
    names = {path, file.name, file.stem, item.nodeid, "::".join([path, *plain])}
    names.update(inside)
    names.update(map(str, file.parents))
    names.update((*plain, ".".join(plain), f"{file.stem}.{'.'.join(plain)}"))
    if len(plain) > 1:
        names.update((f"{path}::{plain[0]}", f"{file.stem}.{plain[0]}"))
    bases = item.cls.__mro__ if item.cls else ()
    if any(base.__name__ == BROWSER_CASE for base in bases):
        names.add(TOURS)
    return names


def may_be_in(names, folders, root):
    """Return whether ``folders`` may contain a selected test, without importing files.

    :param folders: paths relative to ``root``
    """
    files = [
        path for folder in folders for path in sorted((root / folder).rglob("*.py"))
    ]
    return any(_may_be(name, file, root) for name in names for file in files)


def _may_be(name, file, root):
    path = file.relative_to(root)
    if name == TOURS:
        return "tests" in path.parts and BROWSER_CASE in file.read_text()
    beginning = name.partition("::")[0].rstrip("/")
    if beginning in {path.name, path.stem, str(path), *map(str, path.parents)}:
        return True
    last = re.split(r"[.:]", name)[-1].partition("[")[0]
    defined = rf"^\s*(?:class|(?:async )?def) {re.escape(last)}\b"
    return bool(re.search(defined, file.read_text(), re.MULTILINE))
