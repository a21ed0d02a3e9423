"""OCS Inventory NG's own agent, of which nothing is installed."""

import os
import subprocess

from . import ocs_server, paths
from .console import Failure

# What it knows from one run to the next; the machine's own agent has another folder.
STATE = paths.DEV / "ocs-agent"
TIMEOUT = 120  # seconds


def run(url):
    """Send an inventory of this machine to the OCS server at ``url``.

    :return: what the agent says
    :raise Failure: it ended with an error
    """
    STATE.mkdir(exist_ok=True)
    done = subprocess.run(
        command(url),
        env={**os.environ, "PERL5LIB": _modules(), "HOME": str(STATE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT,
    )
    if done.returncode:
        raise Failure(f"The agent ended with status {done.returncode}:\n{done.stdout}")
    return done.stdout


def command(url):
    """Return the command that runs the agent once."""
    agent = ocs_server.EXTRACTED / "usr" / "bin" / "ocsinventory-agent"
    # The list of the machine's software would take longer than all the rest.
    return ["perl", agent, "--server", url, "--basevardir", STATE, "--nosoftware"]


def _modules():
    return ":".join(map(str, ocs_server.perl_folders()))
