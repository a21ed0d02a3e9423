"""The pytest plugin: run the selected tests for each mutant of some files.

It writes the mutants that no test notices to a file, as JSON.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter, defaultdict
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from time import perf_counter

import pytest
from _pytest.runner import runtestprotocol
from _pytest.unittest import TestCaseFunction

from .live import forget, function_of, module_of, replaced
from .mutators import mutants
from .variables import FILES, RESULT

#: A mutant may take this many times as long as the original, and some seconds.
PATIENCE, LEAST = 5, 20


class TooSlow(BaseException):
    """A mutant takes too long; no test catches this as an error."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Run the tests once as they are, and then for each mutant."""
    if not session.testsfailed:
        Check(session).run()
    return True


class Check:
    """Runs the tests, and records which mutants survive."""

    def __init__(self, session):
        self.session = session
        self.tests = Tests(session)
        self.write = session.config.pluginmanager.get_plugin(
            "terminalreporter"
        ).write_line
        self.survivors = []
        self.number = 0

    def run(self):
        found = [
            each for name in os.environ[FILES].split() for each in _mutants_of(name)
        ]
        self.tests.run_original([function_of(*each[1:]) for each in found])
        if self.session.testsfailed or not self._is_repeatable():
            return
        for self.number, (path, module, mutant) in enumerate(found, 1):
            self._try(path, module, mutant, len(found))
        functions = sorted({(path, mutant.function) for path, _module, mutant in found})
        report = {
            "mutants": len(found),
            "functions": functions,
            "survivors": self.survivors,
        }
        Path(os.environ[RESULT]).write_text(json.dumps(report))

    def _is_repeatable(self):
        """Return whether the tests pass a second time, so that failures tell something.

        Tests that depend on each other do not.
        """
        failing = self.tests.first_failure(self.tests.items)
        if failing:
            self.write(f"{failing} fails when it runs a second time.")
        return not failing

    def _try(self, path, module, mutant, total):
        function = function_of(module, mutant)
        items = self.tests.covering(function)
        with replaced(module, mutant):
            killer = self.tests.first_failure(items)
        where = f"{self.number}/{total} {path}:{mutant.line} {mutant.mutation}"
        self.write(f"{where}: {killer or 'SURVIVED'}")
        if not killer:
            self.survivors.append(
                {
                    "file": path,
                    "line": mutant.line,
                    "function": mutant.function,
                    "source": mutant.source,
                    "mutation": mutant.mutation,
                    "tests": len(items),
                }
            )


def _mutants_of(name):
    """Return the mutants of a file, or of one of its functions or classes.

    :param name: "file" or "file::function"
    :return: list of tuples of the path, the module and the mutant
    """
    path, _separator, function = name.partition("::")
    module = module_of(path)
    return [
        (path, module, mutant)
        for mutant in sorted(
            mutants(Path(module.__file__).read_text(), module.__file__),
            key=lambda mutant: (mutant.line, mutant.mutation),
        )
        if f"{mutant.function}.".startswith(f"{function}." if function else "")
    ]


class Tests:
    """The selected tests, and which of them call a function."""

    def __init__(self, session):
        self.session = session
        self.items = list(session.items)
        #: {code of a function: tests that call it}
        self.callers = defaultdict(list)
        self.seconds = {}
        self.kills = Counter()
        self.has_failed = False

    def run_original(self, functions):
        """Run the tests without a mutant, and note which of the functions they call."""
        codes = {function.__code__ for function in functions}
        for item, following in _with_next(self.items):
            forget()  # otherwise only the first test calls a cached function
            start, called = perf_counter(), set()
            with _profiled(codes, called):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item] = perf_counter() - start
            for code in called:
                self.callers[code].append(item)

    def covering(self, function):
        """Return the tests that call a function, the most promising ones first.

        Tests of a class stay together, because they share its setup.
        """
        items = self.callers[function.__code__]
        classes = defaultdict(list)
        for item in items:
            classes[item.parent].append(item)
        groups = sorted(classes.values(), key=self._rank_of_all)
        return [item for group in groups for item in sorted(group, key=self._rank)]

    def _rank(self, item):
        return (-self.kills[item], self.seconds[item])

    def _rank_of_all(self, group):
        return (
            -sum(self.kills[item] for item in group),
            sum(self.seconds[item] for item in group),
        )

    def first_failure(self, items):
        """Return the name of the first test that fails, or None."""
        limit = LEAST + PATIENCE * sum(self.seconds[item] for item in items)
        self.has_failed = False
        try:
            with _limited(limit), self._subtests():
                return self._first_failure(items)
        except TooSlow:
            return "takes too long"
        finally:
            self.session._setupstate.teardown_exact(None)

    def _first_failure(self, items):
        for item, following in _with_next(items):
            reports = runtestprotocol(item, log=False, nextitem=following)
            if self.has_failed or any(report.failed for report in reports):
                self.kills[item] += 1
                return item.nodeid.partition("::")[2]
        return None

    @contextmanager
    def _subtests(self):
        """Note subtests that fail, rather than reporting them."""
        original = TestCaseFunction.addSubTest

        def note(_function, _test_case, _test, error):
            self.has_failed |= error is not None

        TestCaseFunction.addSubTest = note
        try:
            yield
        finally:
            TestCaseFunction.addSubTest = original


def _with_next(items):
    return zip_longest(items, items[1:])


@contextmanager
def _profiled(codes, called):
    """Add those of the codes to ``called`` that run in the context."""

    def note(frame, event, _argument):
        if event == "call" and frame.f_code in codes:
            called.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@contextmanager
def _limited(seconds):
    """Raise ``TooSlow`` after some seconds, and again while it is caught."""

    def stop(_signal, _frame):
        raise TooSlow

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, LEAST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
