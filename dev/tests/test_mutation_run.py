"""The tests of mutants: which survive, and which are explained."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dev.console import Failure
from dev.mutation import explained, run
from dev.mutation.variables import FILES, RESULT

ROOT = Path(__file__).parents[2]
ENTRY = """
[[equivalent]]
file = "{}"
function = "f"
source = "a"
mutation = "{}"
why = "{}"
"""


def test_explanations(tmp_path):
    path = tmp_path / "mutants.toml"
    kinds = (("a.py", "1 → 2"), ("a.py", "2 → 3"), ("b.py", "1 → 2"))
    path.write_text("".join(ENTRY.format(*kind, "Never 0.") for kind in kinds))
    explanations = explained.read(path)
    one = {"file": "a.py", "function": "f", "source": "a", "mutation": "1 → 2"}
    two = one | {"source": "b"}
    functions = [["a.py", "f"], ["b.py", "g"]]
    report = {"survivors": [one, two], "functions": functions}
    left, stale = explained.unexplained(report, explanations)
    assert left == [two]
    assert stale == [("a.py", "f", "a", "2 → 3")]


def test_incomplete_explanation(tmp_path):
    path = tmp_path / "mutants.toml"
    path.write_text(ENTRY.format("a.py", "1 → 2", ""))
    with pytest.raises(ValueError, match="lacks why"):
        explained.read(path)


ADDON = """
from functools import cache

def sign(number):
    if number < 0:
        return -1
    return 1

def untested():
    return 2 > 1

@cache
def double(number):
    return number * 2
"""
ADDON_TESTS = """
from unittest import TestCase
from odoo.addons.addon.numbers import double, sign

class TestSign(TestCase):
    runs = 0

    @classmethod
    def setUpClass(cls):
        cls.ready = True

    def test_signs(self):
        self.assertTrue(self.ready)
        for number, expected in ((-3, -1), (3, 1)):
            with self.subTest(number):
                self.assertEqual(sign(number), expected)

    def test_call(self):
        double(3)

    def test_double(self):
        self.assertEqual(double(3), 6)

    def test_nothing(self):
        TestSign.runs += 1
        {check}
"""


def _run_plugin(folder, check="pass", name="addon/numbers.py"):
    """Run the plugin on an addon, and return its report and the output of pytest."""
    tests = folder / "odoo" / "addons" / "addon" / "tests"
    tests.mkdir(parents=True)
    for package in (tests.parents[2], tests.parents[1], tests.parent):
        (package / "__init__.py").touch()
    (tests.parent / "numbers.py").write_text(ADDON)
    (tests / "test_sign.py").write_text(ADDON_TESTS.format(check=check))
    report = folder / "report.json"
    path = os.pathsep.join(map(str, (folder, ROOT)))
    variables = {"PYTHONPATH": path, FILES: name, RESULT: str(report)}
    plugins = ("no:odoo", "no:xdist", "no:cacheprovider", "dev.mutation.plugin")
    options = [part for plugin in plugins for part in ("-p", plugin)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--import-mode=importlib", *options, tests],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )
    return json.loads(report.read_text()) if report.exists() else None, done.stdout


def test_survivors(tmp_path):
    """Only what no test notices survives; failed subtests count."""
    report, output = _run_plugin(tmp_path)
    assert report, output
    survivors = {(each["function"], each["mutation"]) for each in report["survivors"]}
    assert survivors == {
        ("sign", "< → <="),
        ("sign", "0 → 1"),
        ("untested", "> → >="),
        ("untested", "1 → 2"),
        ("untested", "2 → 3"),
        ("untested", "return 2 > 1 → None"),
    }
    (first,) = [each for each in report["survivors"] if each["mutation"] == "< → <="]
    assert (first["line"], first["source"]) == (5, "if number < 0:")
    assert {each["tests"] for each in report["survivors"]} == {0, 1}
    assert "4 passed" in output


def test_one_function(tmp_path):
    report, _output = _run_plugin(tmp_path, name="addon/numbers.py::sign")
    assert report["functions"] == [["addon/numbers.py", "sign"]]


@pytest.mark.parametrize(
    ("check", "message"),
    (
        ("self.fail()", "1 failed, 3 passed"),
        (
            "self.assertEqual(self.runs, 1)",
            "TestSign::test_nothing fails when it runs a second time.",
        ),
    ),
)
def test_tests_that_fail_without_mutants(tmp_path, check, message):
    """Tests that fail without mutants, or a second time, tell nothing."""
    report, output = _run_plugin(tmp_path, check)
    assert report is None
    assert message in output


@pytest.mark.parametrize(
    ("only", "tests", "message"),
    (
        ("", "", "No file"),
        ("connector_ocs/lib/nothing.py", "", "no Python file"),
        ("connector_ocs/__manifest__.txt", "", "no Python file"),
        ("dev/paths.py", "", "no Python file"),
        ("../other.py", "", "no Python file"),
        ("connector_ocs/lib/identity.py", "TestNothing" + "Here", "any test"),
    ),
)
def test_unusable_names(only, tests, message, monkeypatch):
    """Nothing is built for names that match nothing."""
    monkeypatch.setattr(run.template, "ensure_addons", lambda: pytest.fail("built"))
    with pytest.raises(Failure, match=message):
        run.run(SimpleNamespace(only=only, tests=tests))
