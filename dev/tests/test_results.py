"""The closing line is only worth something if no broken run looks like a good one."""

import pytest

from dev import results

STAMP = "2026-01-02 03:04:05,678 4711"
TESTS = "test_x odoo.addons.connector_ocs.tests.test_y"
GOOD = f"{STAMP} INFO test_x odoo.tests.result: 0 failed, 0 error(s) of 12 tests when …"
SKIP = f"{STAMP} INFO {TESTS}: skipped TestY.test_z : Chrome executable not found"
DOCUTILS = "<string>:12: (ERROR/3) Unexpected indentation."


def total(failed, errors, run):
    return (
        f"{STAMP} ERROR test_x odoo.tests.result:"
        f" {failed} failed, {errors} error(s) of {run} tests when loading database 'x'"
    )


@pytest.mark.parametrize(
    ("log", "status", "passed", "failed", "skipped"),
    [
        pytest.param(GOOD, 0, 12, 0, 0, id="good"),
        pytest.param(f"{DOCUTILS}\n{GOOD}", 0, 12, 0, 0, id="docutils says ERROR"),
        pytest.param(f"{SKIP}\n{GOOD}", 0, 11, 0, 1, id="skipped is not passed"),
        pytest.param(total(2, 1, 12), 1, 9, 3, 0, id="failures and errors"),
        pytest.param(total(0, 1, 0), 1, 0, 1, 0, id="class that cannot be set up"),
        pytest.param(total(0, 0, 0), 0, 0, 1, 0, id="no test found"),
        pytest.param(GOOD, 255, 12, 1, 0, id="good tests, bad status"),
        pytest.param("", 0, 0, 1, 0, id="nothing at all"),
        pytest.param(f"{STAMP} CRITICAL x y: boom", 255, 0, 1, 0, id="no install"),
        pytest.param(f"{total(1, 0, 5)}\n{GOOD}", 1, 16, 1, 0, id="two databases"),
    ],
)
def test_of_odoo(log, status, passed, failed, skipped):
    result = results.of_odoo(log, status)
    assert (result.passed, result.failed) == (passed, failed)
    assert len(result.skipped) == skipped
    assert bool(result.problems) == bool(failed)


def test_errors_keep_their_traceback_and_nothing_else():
    log = "\n".join(
        [
            f"{STAMP} ERROR {TESTS}: FAIL: TestY.test_z",
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
            f"{STAMP} INFO {TESTS}: Starting TestY.test_a ...",
            "a line of that",
        ]
    )
    assert results.errors(log) == ["\n".join(log.splitlines()[:3])]


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
        pytest.param(ONE, 3, "1 passed, 1 failed", id="good tests, bad status"),
        pytest.param("<testsuites/>", 5, "0 passed, 1 failed", id="no test found"),
        pytest.param(None, 4, "0 passed, 1 failed", id="no report"),
    ],
)
def test_of_pytest(report, status, expected):
    assert str(results.of_pytest(report, status)) == expected


def test_skipped_tests_are_named_with_their_reason():
    assert results.of_pytest(REPORT, 1).skipped == ["a.later: not here"]
