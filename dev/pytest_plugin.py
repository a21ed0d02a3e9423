"""What these tests add to pytest: ``ONLY``, and proof that each test ran once."""

from collections import Counter

import pytest
from _pytest.unittest import TestCaseFunction

from dev import selection


def pytest_configure(config):
    _report_failed_subtests_only()
    # With several workers, only the process that hands the tests out knows them all.
    if not (hasattr(config, "workerinput") or config.option.collectonly):
        config.pluginmanager.register(Ledger(), "ocs-ledger")


def pytest_pycollect_makeitem(collector, name, obj):
    """A class is tested where it is defined, not where it is imported as a base."""
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
    """Leave out the others: thousands of reports take longer than the subtests."""
    add = TestCaseFunction.addSubTest

    def add_failed(function, test_case, test, exc_info):
        if exc_info is not None:
            add(function, test_case, test, exc_info)

    TestCaseFunction.addSubTest = add_failed


class Ledger:
    """Compares the tests that were found with those that ran."""

    def __init__(self):
        self.found = set()
        self.ran = Counter()

    def pytest_collection_finish(self, session):
        self.found.update(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node, ids):
        self.found.update(ids)

    def pytest_runtest_logreport(self, report):
        # The setup of a test is reported once; the end of its worker has no setup.
        if report.when == "setup":
            self.ran[report.nodeid] += 1
        elif report.when not in ("call", "teardown"):
            self.ran.setdefault(report.nodeid, 1)

    def wrong(self):
        """Return sentences: which tests did not run, or more than once."""
        for nodeid in sorted(self.found - self.ran.keys()):
            yield f"{nodeid} did not run."
        for nodeid, times in self.ran.items():
            if times > 1 or nodeid not in self.found:
                yield f"{nodeid} ran {times} times."

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        wrong = list(self.wrong())
        if wrong and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for sentence in wrong:
            reporter.write_line(sentence)
