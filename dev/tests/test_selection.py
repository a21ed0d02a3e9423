"""Tests of ONLY, and that each collected test runs exactly once."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dev import pytest_runs, results, selection

ROOT = Path(__file__).parents[2]
ADDON = """
from unittest import TestCase

class HttpCase(TestCase):
    pass

class TestRules(TestCase):
    def test_one(self): pass
    def test_two(self): pass

class TestRulesTour(HttpCase):
    def test_one(self): pass
"""
OTHER = """
import pytest
from addon.tests.test_rules import TestRules

@pytest.mark.parametrize("number", range(3))
def test_number(number): pass
"""
CRASHING = """
import os, time

class TestA:
    def test_first(self): pass
    def test_crashes(self): time.sleep(0.5); os._exit(1)
    def test_last(self): pass

class TestB:
    def test_other(self): pass
"""
WORKERS = pytest_runs.WORKERS


@pytest.fixture
def project(tmp_path):
    tests = tmp_path / "addon" / "tests"
    tests.mkdir(parents=True)
    for folder in (tests, tests.parent):
        (folder / "__init__.py").touch()
    (tests / "test_rules.py").write_text(ADDON)
    (tests / "test_other.py").write_text(OTHER)
    return tmp_path


def run(folder, *options, only="", **variables):
    """Run pytest in ``folder`` and return the result and the output."""
    report = folder / "report.xml"
    plugins = [f"-p{name}" for name in ("no:odoo", "no:cacheprovider")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-pdev.pytest_plugin", *plugins]
        + [f"--junitxml={report}", f"--rootdir={folder}", *options],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{folder}",
            selection.VARIABLE: only,
            **variables,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    return results.from_pytest(report.read_text(), done.returncode), done.stdout


class HttpCase:
    pass


def item(nodeid, *bases):
    return SimpleNamespace(nodeid=nodeid, cls=type("Test", bases, {}))


RULES = "addon/tests/test_rules.py"
ITEMS = [
    item(f"{RULES}::TestRules::test_one"),
    item(f"{RULES}::TestRules::test_two"),
    item(f"{RULES}::TestRulesTour::test_one", HttpCase),
    *(item(f"addon/tests/test_other.py::test_number[{each}]") for each in range(3)),
]


@pytest.mark.parametrize(
    ("only", "number"),
    [
        ("addon", 6),
        ("addon/tests", 6),
        ("test_rules", 3),
        ("test_rules.py", 3),
        (RULES, 3),
        (f"{RULES}::TestRules", 2),
        (f"{RULES}::TestRules::test_one", 1),
        ("TestRules", 2),
        ("TestRules.test_one", 1),
        ("test_rules.TestRules.test_one", 1),
        ("test_one", 2),
        ("test_number", 3),
        ("test_number[1]", 1),
        ("tours", 1),
        ("tours TestRules", 3),
        ("TestRule", 0),
        ("rules", 0),
        ("test_on", 0),
        ("add", 0),
        ("dev", 0),
    ],
)
def test_names(project, only, number):
    names = only.split()
    assert sum(selection.selects(names, each) for each in ITEMS) == number
    assert selection.may_be_in(names, ["addon"], project) is bool(number)


def test_only_selected_tests_run(project):
    outcome, _output = run(project, only="tours TestRules.test_two")
    assert str(outcome) == "2 passed, 0 failed"
    outcome, _output = run(project, only="TestRule")
    assert outcome.failed == 1


def test_workers_share_the_tests(project):
    outcome, output = run(project, *WORKERS)
    assert str(outcome) == "6 passed, 0 failed"
    assert output.count(" PASSED ") == 6


def test_crash_of_a_worker_is_a_failure(project):
    (project / "test_crashing.py").write_text(CRASHING)
    outcome, output = run(project, *WORKERS)
    assert outcome.failed == 2, "the crash, and the tests that did not run"
    assert "test_crashes" in results.failures(output)
    assert "TestA::test_last did not run." in output


def test_missing_test_is_a_failure(project):
    (project / "test_failing.py").write_text("def test_fails(): assert False")
    outcome, output = run(project, "--maxfail=1", "test_failing.py", "addon")
    assert outcome.failed == 2
    assert "TestRules::test_one did not run." in output


def test_repeated_test_is_a_failure():
    from dev.pytest_plugin import RunChecker

    checker = RunChecker()
    checker.found = {"a::b", "a::c"}
    for nodeid in ("a::b", "a::b"):
        report = SimpleNamespace(when="setup", nodeid=nodeid)
        checker.pytest_runtest_logreport(report)
    assert list(checker.problems()) == ["a::c did not run.", "a::b ran 2 times."]
