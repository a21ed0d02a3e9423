"""The results as a table and as JSON."""

import json
from statistics import median

HEADINGS = ("measurement", "unit", "ours", "peer", "limit", "ratio", "target", "met")
RIGHT = {"ours", "peer", "limit", "ratio"}
MET = {None: "", True: "yes", False: "NO"}


def table(figures):
    """Return the lines of a table of figures."""
    rows = [HEADINGS, *map(row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(cells, widths) for cells in rows]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


def row(figure):
    """Return the cells of a figure, in the order of ``HEADINGS``."""
    theirs = number(median(figure.theirs))
    return (
        f"{figure.measurement}, {figure.size:,}: {figure.reference}",
        figure.unit,
        number(median(figure.ours)),
        "" if figure.is_limit else theirs,
        theirs if figure.is_limit else "",
        f"{figure.ratio:.2f}",
        str(figure.target or ""),
        MET[figure.met],
    )


def number(value):
    """Format a number with its significant digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(cells, widths):
    aligned = (
        cell.rjust(width) if heading in RIGHT else cell.ljust(width)
        for heading, cell, width in zip(HEADINGS, cells, widths, strict=True)
    )
    return "  ".join(aligned).rstrip()


def write_json(path, figures, machine, options):
    """Write all results to ``path``.

    :param machine: facts, as of ``machine.facts``
    :param options: dict of the options of the command
    """
    content = {
        "machine": machine,
        "options": options,
        "figures": [figure.as_dictionary() for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
