"""The agent of OCS Inventory NG, extracted and not installed."""

import os
import subprocess

from . import ocs_server, paths
from .console import Failure

# The state of the agent; an agent installed on this machine uses another folder.
STATE = paths.DEV / "ocs-agent"
TIMEOUT = 120  # seconds


def run(url):
    """Send an inventory of this machine to the OCS server at ``url``.

    :return: the output of the agent
    :raise Failure: the agent failed
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
        raise Failure(
            f"The agent returned exit status {done.returncode}:\n{done.stdout}"
        )
    return done.stdout


def command(url):
    """Return the command that runs the agent once."""
    agent = ocs_server.EXTRACTED / "usr" / "bin" / "ocsinventory-agent"
    # Listing the software of the machine would take longer than everything else.
    return ["perl", agent, "--server", url, "--basevardir", STATE, "--nosoftware"]


def _modules():
    return ":".join(map(str, ocs_server.perl_folders()))
