"""Tests that a failed run is never reported as successful."""

import pytest

from dev import results

REPORT = """<testsuites><testsuite>
  <testcase classname="a" name="good"/>
  <testcase classname="a" name="bad"><failure message="no"/></testcase>
  <testcase classname="a" name="broken"><error message="no"/></testcase>
  <testcase classname="a" name="later"><skipped message="not here"/></testcase>
</testsuite></testsuites>"""
ONE = (
    '<testsuites><testsuite><testcase classname="a" name="b"/></testsuite></testsuites>'
)


@pytest.mark.parametrize(
    ("report", "status", "expected"),
    [
        pytest.param(REPORT, 1, "1 passed, 2 failed", id="each kind"),
        pytest.param(ONE, 0, "1 passed, 0 failed", id="good"),
        pytest.param(ONE, 3, "1 passed, 1 failed", id="tests passed, bad status"),
        pytest.param(REPORT, 3, "1 passed, 3 failed", id="not all tests ran"),
        pytest.param("<testsuites/>", 5, "0 passed, 1 failed", id="no test found"),
        pytest.param(None, 4, "0 passed, 1 failed", id="no report"),
    ],
)
def test_of_pytest(report, status, expected):
    assert str(results.from_pytest(report, status)) == expected


def test_skipped_tests_are_listed_with_reason():
    assert results.from_pytest(REPORT, 1).skipped == ["a.later: not here"]


LOG = """
dev/tests/test_a.py::test_with_workers
dev/tests/test_a.py::TestB::test_c[x y]
[gw0] [ 50%] PASSED dev/tests/test_a.py::test_with_workers
dev/tests/test_a.py::test_later PASSED                                   [ 10%]
dev/tests/test_a.py::test_skipped SKIPPED (no browser)                   [ 20%]
dev/tests/test_a.py::test_without """


def test_running_tests():
    assert results.running_tests(LOG) == [
        "dev/tests/test_a.py::TestB::test_c[x y]",
        "dev/tests/test_a.py::test_without",
    ]


def test_failures():
    details = "======= FAILURES =======\n___ test_a ___\nassert False"
    assert results.failures(f"{LOG}\n{details}") == details
    assert results.failures(LOG) == LOG
