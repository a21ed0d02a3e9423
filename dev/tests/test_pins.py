"""The pins of the Python environment."""

import re
from importlib.metadata import distributions

from dev import paths, python_env

#: The installers, Odoo from Debian's package, and the addons of this repository.
NOT_PINNED = re.compile(r"pip|odoo|uv|odoo-addon-connector-ocs.*")


def pinned():
    """Return {name of a package: versions}."""
    files = [*python_env.PINS, python_env.TOOLS, python_env.CONSTRAINTS]
    found = {}
    for file in files:
        for line in file.read_text().splitlines():
            name, is_pin, version = line.partition(";")[0].partition("==")
            if is_pin:
                found.setdefault(normal(name), set()).add(version.strip())
    return found


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def installed():
    """Return {name of a package: version} of the environment for tests."""
    folders = [str(each) for each in paths.VENV.glob("lib/python*/site-packages")]
    return {
        normal(each.metadata["Name"]): each.version
        for each in distributions(path=folders)
    }


def test_every_package_is_pinned():
    pins, there = pinned(), installed()
    assert len(there) > 60
    loose = {
        f"{name}=={version}"
        for name, version in there.items()
        if version not in pins.get(name, ()) and not NOT_PINNED.fullmatch(name)
    }
    assert not loose
