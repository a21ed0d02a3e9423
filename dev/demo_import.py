"""Click *Import changed computers* in the demo, and print a summary."""

import sys
import time

from . import mariadb, ocs_schema
from .console import Failure, say

BACKEND = "OCS Inventory"
TIMEOUT = 300  # seconds
POLL = 0.5  # seconds
COMPUTERS = "ocs.computer.binding"
MONITORS = "ocs.monitor.binding"
ISSUES = "ocs.import.issue"
REMOVED = [["removed_since", "!=", False]]
#: Condition of the jobs of the connector.
OURS = ["ocs_backend_id", "!=", False]
#: States of jobs that have not finished.
UNFINISHED = ["wait_dependencies", "pending", "enqueued", "started"]


def run(odoo, connection):
    """Import the demo's fleet and print a summary.

    :param odoo: a client logged in to the demo's Odoo, as ``rpc.Odoo``
    :param connection: dict with host, port, database, user, password and tz of OCS
    :raise Failure: the import of a computer failed, or jobs did not finish in time
    """
    started = time.monotonic()
    backend = ensure_backend(odoo, connection)
    newest = newest_job(odoo)
    odoo.call("ocs.backend", "action_import_changed", [backend])
    wait(odoo, newest)
    summarize(odoo, time.monotonic() - started)


def ensure_backend(odoo, connection):
    """Return the ID of the demo backend, which is created or updated if necessary."""
    found = odoo.call("ocs.backend", "search", [["name", "=", BACKEND]])
    if not found:
        sections = odoo.call("ocs.section", "search", [])
        # show everything, including sections that are not selected by default
        values = {"name": BACKEND, "section_ids": [(6, 0, sections)], **connection}
        found = [odoo.call("ocs.backend", "create", values)]
        odoo.call("ocs.backend", "action_test_connection", found)
        map_account(odoo, found)
    # nobody can read the password, so it may have changed
    odoo.call("ocs.backend", "write", found, connection)
    return found[0]


def map_account(odoo, backend):
    """Map the administrative fields of the demo to fields of assets.

    :param backend: list with its ID
    """
    odoo.call("ocs.backend", "action_read_account_fields", backend)
    named = [["backend_id", "in", backend], ["name", "=", "Warranty until"]]
    warranty = odoo.call("ocs.account.field", "search", named)
    model = [["model", "=", "maintenance.equipment"], ["name", "=", "warranty_date"]]
    target = odoo.call("ir.model.fields", "search", model)
    odoo.call("ocs.account.field", "write", warranty, {"target_field_id": target[0]})
    named = [["backend_id", "in", backend], ["name", "=", "Department"]]
    department = odoo.call("ocs.account.field", "search", named)
    odoo.call("ocs.account.field", "action_map_to_property", department)


def newest_job(odoo):
    """Return the ID of the newest job, or 0 if there is none."""
    return max(
        odoo.call("queue.job", "search", [], order="id desc", limit=1), default=0
    )


def wait(odoo, newest):
    """Wait until all jobs are done, and show the progress of those after ``newest``."""
    deadline = time.monotonic() + TIMEOUT
    while True:
        left = odoo.call(
            "queue.job", "search_count", [OURS, ["state", "in", UNFINISHED]]
        )
        done = odoo.call(
            "queue.job",
            "search_count",
            [OURS, ["state", "not in", UNFINISHED], ["id", ">", newest]],
        )
        show_progress(done, done + left)
        if not left:
            break
        if time.monotonic() > deadline:
            raise Failure(
                f"{left} jobs have not finished after {TIMEOUT} seconds.",
                "Check them in the Job Queue app of Odoo.",
            )
        time.sleep(POLL)
    if sys.stderr.isatty():
        say("")


def show_progress(done, total):
    """Draw a progress bar if stderr is a terminal."""
    if sys.stderr.isatty():
        filled = 40 * done // max(total, 1)
        bar = "█" * filled + "·" * (40 - filled)
        print(f"\r  {bar} {done}/{total} jobs", end="", file=sys.stderr, flush=True)


def summarize(odoo, seconds):
    """Print the numbers of computers in OCS and of assets in Odoo.

    :raise Failure: an import failed
    """
    reasons = issues_by_reason(odoo)
    failed = reasons.pop("Import failed", 0)
    skipped = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    facts = (
        ("Computers in OCS", computers_in_ocs()),
        ("Assets in Odoo", odoo.call(COMPUTERS, "search_count", [])),
        ("Monitors", odoo.call(MONITORS, "search_count", [])),
        ("Removed from OCS", odoo.call(COMPUTERS, "search_count", REMOVED)),
        ("Skipped", f"{sum(reasons.values())} ({skipped})" if reasons else 0),
        ("Failed", failed),
        ("Seconds", f"{seconds:.1f}"),
    )
    say("")
    for label, value in facts:
        say(f"  {label + ':':<18} {value}")
    if failed:
        raise Failure(
            f"{failed} computers could not be imported.",
            "See Maintenance > OCS Inventory > Not Imported in Odoo for the reasons.",
        )


def issues_by_reason(odoo):
    """Return the numbers of computers that were not imported, by label of reason."""
    labels = odoo.call(ISSUES, "fields_get", ["reason"], ["selection"])
    labels = dict(labels["reason"]["selection"])
    rows = odoo.call(ISSUES, "search_read", [], ["reason"])
    counts = {}
    for row in rows:
        label = labels[row["reason"]]
        counts[label] = counts.get(label, 0) + 1
    return dict(sorted(counts.items()))


def computers_in_ocs():
    """Return the number of rows of ``hardware``, groups included."""
    return mariadb.execute("SELECT COUNT(*) FROM hardware", ocs_schema.DEMO)[0]
