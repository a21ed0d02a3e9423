"""How many tests passed: read from what Odoo and pytest leave behind."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (\w+) ")
TOTAL = re.compile(
    r"odoo\.tests\.result: (\d+) failed, (\d+) error\(s\) of (\d+) tests"
)
SKIPPED = re.compile(r": skipped (\S+) : (.*)")


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

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed"

    @classmethod
    def failure(cls, problem):
        """Return the outcome of a check that could not even run."""
        return cls(failed=1, problems=[problem])


def of_odoo(log, status):
    """Return the outcome of an Odoo run.

    :param log: its log
    :param status: its exit status
    """
    totals = TOTAL.findall(log)
    problems = errors(log)
    if not totals:
        lost = "Odoo ended before its tests did: the log has no result."
        return Result.failure(lost) + Result(problems=problems)
    failures, broken, run = (
        sum(map(int, column)) for column in zip(*totals, strict=True)
    )
    skipped = [f"{name}: {reason}" for name, reason in SKIPPED.findall(log)]
    failed = failures + broken
    result = Result(max(0, run - failed - len(skipped)), failed, skipped, problems)
    if not run and not failed:
        return result + Result.failure("Odoo found no test to run.")
    if status and not failed:
        return result + Result.failure(f"Odoo ended with status {status}.")
    return result


def errors(log):
    """Return the records of ``log`` of level ERROR or CRITICAL, with tracebacks."""
    found, keep = [], False
    for line in log.splitlines():
        record = RECORD.match(line)
        if record:
            keep = record[1] in ("ERROR", "CRITICAL")
            found += [line] if keep else []
        elif keep:
            found[-1] += f"\n{line}"
    return found


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
    if status and not failed:
        return result + Result.failure(f"pytest ended with status {status}.")
    return result


def _has(case, *tags):
    return any(case.find(tag) is not None for tag in tags)


def _name(case):
    return f"{case.get('classname')}.{case.get('name')}"


def _reason(case):
    return case.find("skipped").get("message", "")
