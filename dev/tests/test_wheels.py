"""Tests that the wheels of the addons are complete and can be installed."""

import os
import subprocess
import sys
import zipfile

import pytest

from dev import paths, wheels


def test_missing_file_is_found(tmp_path):
    addon = tmp_path / "some_addon"
    for name in ("__init__.py", "pyproject.toml", "views/views.xml", "i18n/fr.po"):
        (addon / name).parent.mkdir(parents=True, exist_ok=True)
        (addon / name).touch()
    wheel = tmp_path / "odoo_addon_some_addon-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("odoo/addons/some_addon/__init__.py", "")
        archive.writestr("odoo/addons/some_addon/views/views.xml", "")
        archive.writestr("odoo_addon_some_addon-1.dist-info/METADATA", "")
    assert wheels.wheel_of(addon, [tmp_path / "other.whl", wheel]) == wheel
    assert wheels.files_of(addon) - wheels.names_in(wheel) == {"i18n/fr.po"}


@pytest.mark.skipif(not os.environ.get("OCS_FULL"), reason="takes minutes: FULL=1")
def test_wheels_can_be_installed():
    subprocess.run([sys.executable, "-m", "dev", "wheels"], cwd=paths.ROOT, check=True)
