"""Test results, read from the reports and logs of pytest."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

TESTS_FAILED = 1
# Lines of ``pytest -v``: a test that ended in a worker, and the name of any test.
# Without workers, its outcome follows on the same line.
ENDED = re.compile(r"^\[gw\d+\].* [A-Z]+ (\S+\.py::.+?) *$", re.MULTILINE)
NAMED = re.compile(r"^(\S+\.py::.+?) *$", re.MULTILINE)
OUTCOME = re.compile(r" (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b")
DETAILS = re.compile(r"^=+ (?:ERRORS|FAILURES) =+$", re.MULTILINE)


@dataclass
class Result:
    """The result of a run. ``skipped`` and ``problems`` are lines to print."""

    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __add__(self, other):
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.problems + other.problems,
        )

    def __bool__(self):
        """Return whether there were any tests, even skipped ones."""
        return bool(self.passed or self.failed or self.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"

    @classmethod
    def failure(cls, problem):
        """Return the result of a check that could not run."""
        return cls(failed=1, problems=[problem])


def from_pytest(report, status):
    """Return the result of a pytest run.

    :param report: its JUnit XML report, or None if there is none
    :param status: its exit status
    """
    if report is None:
        return Result.failure(
            f"pytest returned exit status {status} and wrote no report."
        )
    cases = ElementTree.fromstring(report).findall(".//testcase")
    failed = [case for case in cases if _has(case, "failure", "error")]
    skipped = [case for case in cases if _has(case, "skipped")]
    result = Result(
        passed=len(cases) - len(failed) - len(skipped),
        failed=len(failed),
        skipped=[f"{_name(case)}: {_reason(case)}" for case in skipped],
    )
    if not cases:
        return Result.failure("pytest found no tests.")
    if status > TESTS_FAILED or (status and not failed):
        return result + Result.failure(f"pytest returned exit status {status}.")
    return result


def _has(case, *tags):
    return any(case.find(tag) is not None for tag in tags)


def _name(case):
    return f"{case.get('classname')}.{case.get('name')}"


def _reason(case):
    return case.find("skipped").get("message", "")


def running_tests(log):
    """Return the tests in a ``log`` of pytest that have started but not ended."""
    ended = set(ENDED.findall(log))
    named = dict.fromkeys(NAMED.findall(log))
    return [test for test in named if test not in ended and not OUTCOME.search(test)]


def failures(log):
    """Return the details of failures in a ``log`` of pytest, or else all of it."""
    details = DETAILS.search(log)
    return log[details.start() :] if details else log
