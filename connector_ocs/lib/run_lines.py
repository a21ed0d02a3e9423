# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Lines of a run: what a scan finds, and what becomes of it."""

from typing import NamedTuple

#: What a scan finds that gets a job.
WITH_JOB = ("new", "changed", "rebound", "removed", "withdrawn", "related")

#: What is imported besides the computers that were scanned.
BESIDE = ("removed", "related")

#: {field of ocs.import.run: outcome that it counts}
COUNTED = {
    "new_count": "new",
    "linked_count": "linked",
    "changed_count": "changed",
    "rebound_count": "rebound",
    "removed_count": "removed",
    "unchanged_count": "unchanged",
    "skipped_count": "skipped",
    "failed_count": "failed",
    "queued_count": "queued",
    "cancelled_count": "cancelled",
    "left_count": "waiting",
}

#: Outcomes of a job that ended without an import, which another attempt replaces.
UNDONE = ("failed", "cancelled")


class Line(NamedTuple):
    """Computer that a scan found."""

    #: hardware.ID
    external_id: int
    #: hardware.NAME
    name: str
    #: key of ``found`` of ocs.import.run.line
    found: str
    #: key of ``outcome``
    outcome: str = "waiting"
    #: key of ``reason``
    reason: str | None = None


class Result(NamedTuple):
    """What became of a computer."""

    #: hardware.ID
    external_id: int
    #: key of ``outcome`` of ocs.import.run.line
    outcome: str
    #: key of ``reason``
    reason: str | None = None
    #: sentence
    message: str | None = None
    #: ID of the binding
    binding_id: int | None = None


#: A line that is there already was scanned twice, as its computer changed meanwhile, or
#: the import of another computer came first.
ADD = """
INSERT INTO ocs_import_run_line AS line
       (run_id, external_id, name, found, outcome, reason)
SELECT %s, * FROM unnest(
       %s::int[], %s::varchar[], %s::varchar[], %s::varchar[], %s::varchar[])
ON CONFLICT (run_id, external_id) DO UPDATE SET
       found = CASE
           WHEN line.found = 'related' THEN excluded.found ELSE line.found END,
       outcome = CASE
           WHEN excluded.outcome = 'waiting' AND excluded.found <> 'related'
           THEN 'waiting' ELSE line.outcome END
RETURNING xmax = 0"""

#: A second import in the same run does not make a new computer a changed one. The list
#: of IDs makes PostgreSQL use the index, although it has no statistics of a new run.
SETTLE = """
UPDATE ocs_import_run_line AS line
   SET outcome = CASE
           WHEN result.outcome NOT IN ('changed', 'unchanged')
           THEN result.outcome
           WHEN line.outcome IN ('new', 'linked', 'changed', 'rebound', 'removed')
           THEN line.outcome
           WHEN line.found = 'rebound'
           THEN 'rebound' ELSE result.outcome END,
       reason = result.reason,
       message = result.message,
       binding_id = result.binding_id
  FROM unnest(
       %s::int[], %s::varchar[], %s::varchar[], %s::varchar[], %s::int[])
       AS result (external_id, outcome, reason, message, binding_id)
 WHERE line.external_id = result.external_id
   AND line.run_id = (%s) AND line.external_id = ANY(%s)"""

CHANGE = """
UPDATE ocs_import_run_line
   SET outcome = %s, message = %s
 WHERE run_id = %s AND outcome = ANY(%s) %s"""
