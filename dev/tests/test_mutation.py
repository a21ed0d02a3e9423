"""Mutants of code: which changes are made, and how functions are replaced."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from dev.console import Failure
from dev.mutation import explained, run
from dev.mutation.live import function_of, replaced
from dev.mutation.mutators import mutants
from dev.mutation.variables import FILES, RESULT

ROOT = Path(__file__).parents[2]


def _mutations(*lines):
    source = "\n".join(["def f(a, b):", *(f"    {line}" for line in lines)])
    return {mutant.mutation for mutant in mutants(source)}


@pytest.mark.parametrize(
    ("line", "expected"),
    (
        ("a = b == 1", {"== → !=", "1 → 2"}),
        ("a = b < a <= b", {"< → <=", "<= → <"}),
        ("a = b is None", {"is → is not"}),
        ("a = b not in a", {"not in → in"}),
        ("a = a and b", {"and → or", "a → True", "b → True"}),
        ("a = a or b", {"or → and", "a → False", "b → False"}),
        ("a = not b", {"not b → b"}),
        ("a = b + a", {"+ → -"}),
        ("a = b | a", {"| → &"}),
        ("a = True", {"True → False"}),
        ("a = 'text'", set()),
        ("a = 1 if b else a", {"1 → 2", "if b → True", "if b → False"}),
        ("while b: b = a", {"if b → False"}),
        ("a = [x for x in b if x]", {"if x → True", "if x → False"}),
        ("return a", {"return a → None"}),
        ("return None", set()),
        ("return", {"remove: return"}),
        ("b(a, key=b)", {"remove: b(a, key=b)", "without key=b"}),
        ("b(**a)", {"remove: b(**a)"}),
        ("a.b = b", {"remove: a.b = b"}),
        ("a, b = b", set()),
        ("a += b", {"+ → -", "remove: a += b"}),
        ("raise a", {"remove: raise a"}),
        ('"""Do it."""', set()),
        ("g = lambda x=1: x", {"1 → 2"}),
    ),
)
def test_changes(line, expected):
    assert _mutations(line) == expected


def test_swapped_statements():
    found = _mutations("a.one()", "b.two = 1", "a = b", "b.three()")
    swaps = {each for each in found if each.startswith("swap")}
    assert swaps == {"swap: a.one() ↔ b.two = 1"}


def test_only_bodies_of_functions_change():
    """Constants, defaults and decorators have run when a module is imported."""
    source = "LIMIT = 1\n@call(key=2)\ndef f(a=3): pass\nclass C:\n    limit = 4\n"
    assert not list(mutants(source))


SOURCE = """
import functools
from contextlib import contextmanager


class Base:
    def name(self):
        return "base"


class Thing(Base):
    def name(self):
        self.log(1)
        return super().name()

    def log(self, number):
        self.last = number

    @property
    def is_new(self):
        return self.last == 1

    @is_new.setter
    def is_new(self, value):
        self.last = 1 if value else 2

    @staticmethod
    def double(number):
        return number * 2

    @classmethod
    def made(cls):
        return cls() or None

    @functools.cached_property
    def once(self):
        return self.last or 3

    @contextmanager
    def opened(self):
        self.last = 4
        yield self


@functools.cache
def cached(number):
    return number + 1
"""


@pytest.fixture
def module(monkeypatch):
    made = ModuleType("odoo.addons.made")
    exec(compile(SOURCE, "made.py", "exec"), vars(made))
    monkeypatch.setitem(sys.modules, made.__name__, made)
    return made


def test_every_mutant_replaces_its_function(module):
    """Each one runs in place of the original, which is restored."""
    found = list(mutants(SOURCE, "made.py"))
    functions = {mutant.function for mutant in found}
    assert functions == {
        *("Thing.name", "Thing.log", "Thing.is_new", "Thing.double", "Thing.made"),
        *("Thing.once", "Thing.opened", "cached"),
    }
    for mutant in found:
        function = function_of(module, mutant)
        original = function.__code__
        assert original.co_name == mutant.function.rpartition(".")[2]
        with replaced(module, mutant):
            assert function.__code__ is mutant.code
        assert function.__code__ is original


def _first(name, mutation):
    return next(
        mutant
        for mutant in mutants(SOURCE, "made.py")
        if (mutant.function, mutant.mutation) == (name, mutation)
    )


def test_method_without_super(module):
    """A method keeps its closure even if the only use of it is removed."""
    with replaced(module, _first("Thing.name", "return super().name() → None")):
        assert module.Thing().name() is None
    assert module.Thing().name() == "base"


def test_setter_and_getter(module):
    thing = module.Thing()
    with replaced(module, _first("Thing.is_new", "if value → False")):
        thing.is_new = True
        assert thing.last == 2
    with replaced(module, _first("Thing.is_new", "== → !=")):
        assert thing.is_new
    assert not thing.is_new


def test_cache_is_cleared(module):
    assert module.cached(1) == 2
    with replaced(module, _first("cached", "+ → -")):
        assert module.cached(1) == 0
    assert module.cached(1) == 2


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
    left, stale = explained.unexplained([one, two], explanations)
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


def _run_plugin(folder, check):
    """Run the plugin on an addon, and return its report and the output of pytest."""
    tests = folder / "odoo" / "addons" / "addon" / "tests"
    tests.mkdir(parents=True)
    for package in (tests.parents[2], tests.parents[1], tests.parent):
        (package / "__init__.py").touch()
    (tests.parent / "numbers.py").write_text(ADDON)
    (tests / "test_sign.py").write_text(ADDON_TESTS.format(check=check))
    report = folder / "report.json"
    path = os.pathsep.join(map(str, (folder, ROOT)))
    variables = {"PYTHONPATH": path, FILES: "addon/numbers.py", RESULT: str(report)}
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
    report, output = _run_plugin(tmp_path, "pass")
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
