"""What takes long goes on, what does nothing is ended."""

import os
import sys
import time

import pytest

from dev import load, watch

BUSY = "import time\nfor _ in range(6): print('.', flush=True); time.sleep(0.2)"
# Its child would go on without it.
WITH_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def run(code, log, *others, patience=0.8):
    return watch.run([sys.executable, "-c", code], log, *others, patience=patience)


def test_a_program_may_take_longer_than_it_may_do_nothing(tmp_path):
    log = tmp_path / "log"
    assert run(BUSY, log) == 0
    assert log.read_text() == ".\n" * 6


def test_another_file_that_grows_is_progress_too(tmp_path):
    other = tmp_path / "other"
    code = BUSY.replace(
        "print('.', flush=True)", f"open({str(other)!r}, 'a').write('.')"
    )
    assert run(code, tmp_path / "log", other) == 0


def test_the_status_of_the_program_is_told(tmp_path):
    assert run("raise SystemExit(3)", tmp_path / "log") == 3


def test_a_program_that_does_nothing_is_ended_with_its_children(tmp_path):
    log = tmp_path / "log"
    with pytest.raises(watch.Stalled, match="Nothing happened for 0.8 s") as caught:
        run(WITH_CHILD, log)
    assert str(log) in caught.value.remedy
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


def test_a_load_is_bounded_and_ends():
    with load.beside(2):
        busy = children()
        assert len(busy) == 2
    assert all(map(is_ended, busy))


def children():
    path = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    with open(path) as file:
        return [int(pid) for pid in file.read().split()]
