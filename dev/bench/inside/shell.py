"""The way into a measurement and out of it; ``place.inside`` is the other end."""

import json
import logging
import os
from pathlib import Path

from . import jobs

_progress = []


def run(env, measurement, parameters, result, progress):
    """Run a measurement and write what it returns.

    :param measurement: module of this package
    :param parameters: dict for its ``run``
    :param result: path of the file to write
    :param progress: number of the open file that people read
    """
    logging.disable(logging.WARNING)
    _progress.append(os.fdopen(progress, "w"))
    answer = measurement.run(env, **parameters)
    jobs.write_profile(measurement.__name__.rpartition(".")[2])
    Path(result).write_text(json.dumps(answer))


def say(text):
    """Tell whoever waits how far it is."""
    for file in _progress:
        print(f"  {text}", file=file, flush=True)
