"""Mutants of code: which changes are made, and how functions are replaced."""

import sys
from types import ModuleType

import pytest

from dev.mutation.live import function_of, replaced
from dev.mutation.mutators import mutants


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
        ("a = a or False", {"or → and", "a → False", "False → True"}),
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
    lines = ("a.one()", "b.two = 1", "a = b", "b.three()", "if a: b.four()", "return a")
    found = _mutations(*lines)
    swaps = {each for each in found if each.startswith("swap")}
    assert swaps == {"swap: a.one() ↔ b.two = 1", "swap: b.three() ↔ if a:"}


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
