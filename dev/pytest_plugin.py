"""The pytest plugin: it implements ``ONLY`` and checks that each test ran once."""

from collections import Counter

import pytest
from _pytest.unittest import TestCaseFunction

from dev import selection


def pytest_configure(config):
    _report_failed_subtests_only()
    # With several workers, only the main process knows all tests.
    if not (hasattr(config, "workerinput") or config.option.collectonly):
        config.pluginmanager.register(RunChecker(), "ocs-run-checker")


def pytest_pycollect_makeitem(collector, name, obj):
    """Collect a class only in the module that defines it, not where it is imported."""
    if isinstance(obj, type) and obj.__module__ != collector.obj.__name__:
        return []
    return None


def pytest_collection_modifyitems(config, items):
    names = selection.wanted()
    if not names:
        return
    chosen = [item for item in items if selection.selects(names, item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def _report_failed_subtests_only():
    """Ignore passed subtests: thousands of reports take longer than the subtests."""
    add = TestCaseFunction.addSubTest

    def add_failed(function, test_case, test, exc_info):
        if exc_info is not None:
            add(function, test_case, test, exc_info)

    TestCaseFunction.addSubTest = add_failed


class RunChecker:
    """Check that each collected test ran exactly once."""

    def __init__(self):
        self.found = set()
        self.ran = Counter()

    def pytest_collection_finish(self, session):
        self.found.update(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node, ids):
        self.found.update(ids)

    def pytest_runtest_logreport(self, report):
        # The setup of a test is reported once; the report of a crashed worker has none.
        if report.when == "setup":
            self.ran[report.nodeid] += 1
        elif report.when not in ("call", "teardown"):
            self.ran.setdefault(report.nodeid, 1)

    def problems(self):
        """Yield sentences about tests that did not run, or ran more than once."""
        for nodeid in sorted(self.found - self.ran.keys()):
            yield f"{nodeid} did not run."
        for nodeid, times in self.ran.items():
            if times > 1 or nodeid not in self.found:
                yield f"{nodeid} ran {times} times."

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        problems = list(self.problems())
        if problems and exitstatus in (
            pytest.ExitCode.OK,
            pytest.ExitCode.TESTS_FAILED,
        ):
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for sentence in problems:
            reporter.write_line(sentence)
