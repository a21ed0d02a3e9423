"""Tests of the choice of addons to test alone, and of what each needs."""

import pytest

from dev import alone, paths
from dev.console import Failure


@pytest.fixture
def addons(tmp_path, monkeypatch):
    depends = {"a": ["mail"], "b": ["a", "stock"], "c": ["b"], "d": ["a"]}
    for name, names in depends.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "__manifest__.py").write_text(repr({"depends": names}))
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    return {path.name: path for path in paths.addons()}


def test_choice(addons):
    assert alone.chosen("all") == list(addons.values())
    assert alone.chosen("c, a") == [addons["c"], addons["a"]]


def test_unknown_addon_is_named_with_the_known_ones(addons):
    with pytest.raises(Failure, match="there is no addon e") as caught:
        alone.chosen("a e")
    assert "a, b, c, d" in caught.value.hint


@pytest.mark.parametrize(
    ("addon", "needed"), [("a", []), ("b", ["a"]), ("c", ["a", "b"]), ("d", ["a"])]
)
def test_needed_addons(addons, addon, needed):
    assert alone.needed_by(addons[addon]) == [addons[name] for name in needed]


def test_what_an_addon_leaves_behind_is_a_failure(monkeypatch, tmp_path):
    content = {alone.BEFORE: ["field a.x", "view v 1"], alone.ADDON: ["field a.x"]}
    monkeypatch.setattr(alone.odoo_server, "uninstall", lambda *_args, **_kw: None)
    monkeypatch.setattr(alone.postgres, "query", lambda _sql, name: content[name])
    outcome = alone._uninstall(tmp_path / "addon")
    assert outcome.failed == 1
    assert "lost: view v 1" in outcome.problems[0]
    content[alone.ADDON] = ["view v 1", "field a.x"]
    assert alone._uninstall(tmp_path / "addon").passed == 1
    content[alone.ADDON].append("option a.x old")
    assert "left: option a.x old" in alone._uninstall(tmp_path / "addon").problems[0]
