"""Tests that each addon has the files that the OCA's tools and Odoo expect."""

import ast

import pytest

from dev import paths

EXPECTED = (
    "README.rst",
    "pyproject.toml",
    "i18n/{addon}.pot",
    "readme/CONTRIBUTORS.md",
    "readme/DESCRIPTION.md",
    "readme/HISTORY.md",
    "readme/newsfragments/.gitkeep",
    "static/description/icon.png",
    "static/description/index.html",
    "tests/test_translations.py",
)
every_addon = pytest.mark.parametrize(
    "addon", paths.addons(), ids=lambda addon: addon.name
)


@every_addon
def test_addon_is_complete(addon):
    files = [name.format(addon=addon.name) for name in EXPECTED]
    assert [name for name in files if not (addon / name).exists()] == []


@every_addon
def test_all_test_files_are_imported(addon):
    tree = ast.parse((addon / "tests" / "__init__.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported = {alias.name for node in imports for alias in node.names}
    there = {path.stem for path in (addon / "tests").glob("test_*.py")}
    assert there - imported == set()


@every_addon
def test_main_readme_links_to_addon(addon):
    assert f"<{addon.name}/README.rst>" in (paths.ROOT / "README.rst").read_text()
