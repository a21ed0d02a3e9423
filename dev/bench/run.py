"""The command: build the prerequisites, measure, and print and save the figures."""

import os
import time
from datetime import datetime
from pathlib import Path

from .. import paths
from ..console import Failure, say
from . import machine, place, table
from .context import Context
from .measurements import chosen, name

#: Environment variable with the folder of profiles, see ``inside.jobs``.
PROFILES = "OCS_BENCH_PROFILES"
SIZES = (1000, 20_000)
QUICK = {"sizes": [200], "samples": 3, "lot": 30}


def add_arguments(choice):
    """Add the options of the command to a parser, with defaults of the environment."""
    given = os.environ.get
    choice.add_argument(
        "--size",
        default=given("SIZE") or given("FLEETS", ""),
        help="sizes of the fleets",
    )
    choice.add_argument("--only", default=given("ONLY", ""), help="measurements to run")
    choice.add_argument("--repeat", type=int, help="samples of each (5 by default)")
    choice.add_argument("--lot", type=int, help="jobs or inventories in a sample")
    choice.add_argument(
        "--chunk-size", type=int, default=0, help="computers in a chunk"
    )
    choice.add_argument(
        "--channels", default="2", help="concurrent jobs, such as '2 4'"
    )
    choice.add_argument("--workers", type=int, default=0, help="processes of Odoo")
    choice.add_argument(
        "--quick",
        action="store_true",
        default=bool(given("QUICK")),
        help="a small fleet, to try it out",
    )
    choice.add_argument("--fresh", action="store_true", help="rebuild the fleets")
    choice.add_argument(
        "--profile",
        type=Path,
        help="folder for profiles of the jobs, which are slower then",
    )
    choice.add_argument("--json", type=Path, help="where to write the figures")


def run(options):
    """Run the measurements of ``options``; the database servers must be running."""
    measurements = chosen(options.only.replace(",", " ").split())
    context = context_of(options)
    facts = machine.facts()
    if options.profile:
        os.environ[PROFILES] = str(options.profile.resolve())
    place.ensure()
    figures, failures = [], []
    for measurement in measurements:
        try:
            figures += measure(measurement, context)
        except Failure as failure:  # the figures of the others must not be lost
            say(f"✗ {failure}\n  → {failure.hint}")
            failures.append(name(measurement))
    _report(options, context, facts, figures)
    if failures:
        raise Failure(
            f"These failed: {', '.join(failures)}.", "Read the messages above."
        )


def measure(measurement, context):
    """Return the figures of one measurement."""
    started = time.monotonic()
    say(f"• {name(measurement)} …")
    figures = measurement(context)
    say(f"  {name(measurement)}: {time.monotonic() - started:.0f} s")
    return figures


def context_of(options):
    """Return the ``Context`` of the options."""
    quick = QUICK if options.quick else {}
    values = {
        "sizes": sizes(options.size) or quick.get("sizes") or list(SIZES),
        "samples": options.repeat or quick.get("samples"),
        "lot": options.lot or quick.get("lot"),
        "chunk_size": options.chunk_size,
        "channels": sizes(options.channels),
        "workers": options.workers,
        "fresh": options.fresh,
    }
    return Context(**{key: value for key, value in values.items() if value})


def sizes(text):
    """Return the numbers in ``text``, in ascending order.

    :raise Failure: it has something else than positive numbers
    """
    parts = text.replace(",", " ").replace("_", "").split()
    if not all(part.isdigit() and int(part) for part in parts):
        raise Failure(f"“{text}” is not a list of numbers.", 'Enter "1000 20000".')
    return sorted({int(part) for part in parts})


def _report(options, context, facts, figures):
    print("\n".join(["", *table.table(figures)]), flush=True)
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    path = options.json or paths.DEV / "bench" / f"{stamp}.json"
    values = {
        key: getattr(context, key)
        for key in ("sizes", "samples", "lot", "chunk_size", "channels", "workers")
    }
    table.write_json(path, figures, facts, values)
    say(f"\nJSON with all samples and facts of the machine: {path}")
