"""The entry point of measurements in Odoo's shell, called by ``place.inside``."""

import json
import logging
import os
from pathlib import Path

from . import jobs

_progress = []


def run(env, measurement, parameters, result, progress):
    """Run a measurement and write its return value.

    :param measurement: module of this package
    :param parameters: dict for its ``run``
    :param result: path of the file to write
    :param progress: file descriptor for messages about the progress
    """
    logging.disable(logging.WARNING)
    _progress.append(os.fdopen(progress, "w"))
    answer = measurement.run(env, **parameters)
    jobs.write_profile(measurement.__name__.rpartition(".")[2])
    Path(result).write_text(json.dumps(answer))


def say(text):
    """Print a message about the progress."""
    for file in _progress:
        print(f"  {text}", file=file, flush=True)
