"""How many tests passed: read from what pytest leaves behind."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

TESTS_FAILED = 1
# Lines of ``pytest -v``: of a worker's test that ended, and of any test; what came of
# it follows later, unless workers run the tests.
ENDED = re.compile(r"^\[gw\d+\].* [A-Z]+ (\S+\.py::.+?) *$", re.MULTILINE)
NAMED = re.compile(r"^(\S+\.py::.+?) *$", re.MULTILINE)
OUTCOME = re.compile(r" (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b")
DETAILS = re.compile(r"^=+ (?:ERRORS|FAILURES) =+$", re.MULTILINE)


@dataclass
class Result:
    """The outcome of a run. ``skipped`` and ``problems`` are lines to show."""

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
        """Return whether any test ran, or was at least to be run."""
        return bool(self.passed or self.failed or self.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"

    @classmethod
    def failure(cls, problem):
        """Return the outcome of a check that could not even run."""
        return cls(failed=1, problems=[problem])


def of_pytest(report, status):
    """Return the outcome of a pytest run.

    :param report: its JUnit XML, or None if it left none
    :param status: its exit status
    """
    if report is None:
        return Result.failure(f"pytest ended with status {status} and no report.")
    cases = ElementTree.fromstring(report).findall(".//testcase")
    failed = [case for case in cases if _has(case, "failure", "error")]
    skipped = [case for case in cases if _has(case, "skipped")]
    result = Result(
        passed=len(cases) - len(failed) - len(skipped),
        failed=len(failed),
        skipped=[f"{_name(case)}: {_reason(case)}" for case in skipped],
    )
    if not cases:
        return Result.failure("pytest found no test to run.")
    if status > TESTS_FAILED or (status and not failed):
        return result + Result.failure(f"pytest ended with status {status}.")
    return result


def _has(case, *tags):
    return any(case.find(tag) is not None for tag in tags)


def _name(case):
    return f"{case.get('classname')}.{case.get('name')}"


def _reason(case):
    return case.find("skipped").get("message", "")


def under_way(log):
    """Return the tests that had started when the ``log`` of pytest broke off."""
    ended = set(ENDED.findall(log))
    named = dict.fromkeys(NAMED.findall(log))
    return [test for test in named if test not in ended and not OUTCOME.search(test)]


def failures(log):
    """Return what the ``log`` of pytest tells of failures; all of it if that is not."""
    details = DETAILS.search(log)
    return log[details.start() :] if details else log
