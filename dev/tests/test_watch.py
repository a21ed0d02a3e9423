"""Tests that only programs without progress are terminated."""

import os
import sys
import time

import pytest

from dev import load, watch

BUSY = "import time\nfor _ in range(6): print('.', flush=True); time.sleep(0.2)"
# The child would outlive its parent.
WITH_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def run(code, log, *others, timeout=0.8):
    return watch.run([sys.executable, "-c", code], log, *others, timeout=timeout)


def test_program_may_take_longer_than_the_timeout(tmp_path):
    log = tmp_path / "log"
    assert run(BUSY, log) == 0
    assert log.read_text() == ".\n" * 6


def test_growth_of_another_file_is_progress(tmp_path):
    other = tmp_path / "other"
    code = BUSY.replace(
        "print('.', flush=True)", f"open({str(other)!r}, 'a').write('.')"
    )
    assert run(code, tmp_path / "log", other) == 0


def test_exit_status_is_returned(tmp_path):
    assert run("raise SystemExit(3)", tmp_path / "log") == 3


def test_stalled_program_is_terminated_with_its_children(tmp_path):
    log = tmp_path / "log"
    with pytest.raises(watch.Stalled, match="after 0.8 s without progress") as caught:
        run(WITH_CHILD, log)
    assert str(log) in caught.value.hint
    assert is_ended(int(log.read_text()))


def is_ended(pid):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_load_ends():
    with load.generate(2):
        busy = children()
        assert len(busy) == 2
    assert all(map(is_ended, busy))


def children():
    path = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    with open(path) as file:
        return [int(pid) for pid in file.read().split()]
