"""Tests that only our own processes are stopped."""

import subprocess
import sys

import pytest

from dev import paths, processes

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DEV", tmp_path / ".dev")
    monkeypatch.setattr(paths, "LOG", tmp_path / ".dev" / "log")
    paths.LOG.mkdir(parents=True)
    return paths.DEV


@pytest.fixture
def spawn():
    children = []

    def spawn(*arguments):
        children.append(subprocess.Popen([sys.executable, "-c", SLEEP, *arguments]))
        return children[-1]

    yield spawn
    for child in children:
        child.kill()
        child.wait()


def test_foreign_process_is_not_stopped(folder, spawn):
    foreign = spawn("/elsewhere/.dev/data")
    service = processes.Service("thing")
    service.pid_file.write_text(str(foreign.pid))
    assert service.stop() is False
    assert foreign.poll() is None
    assert not service.pid_file.exists()


def test_folder_with_the_same_prefix_is_not_ours(folder, spawn):
    assert not processes.is_ours(spawn(f"{folder}-2/data").pid)


def test_our_process_is_found_and_stopped(folder):
    service = processes.Service("thing")
    service.start([sys.executable, "-c", SLEEP, folder / "data"])
    service.wait_until(lambda: service.pid(), 5)
    assert processes.Service("thing").pid() == int(service.pid_file.read_text())
    assert service.stop() is True
    assert service.pid() is None
    assert service.stop() is False


@pytest.mark.parametrize("content", ["", "nonsense", "999999999"])
def test_invalid_process_id_file(folder, content):
    service = processes.Service("thing")
    service.pid_file.write_text(content)
    assert service.pid() is None


def test_failure_of_program_that_ends_names_its_log(folder):
    service = processes.Service("thing")
    service.start([sys.executable, "-c", "raise SystemExit('no')", folder / "data"])
    with pytest.raises(processes.Failure, match="ended unexpectedly") as caught:
        service.wait_until(lambda: False, 10)
    assert str(service.log) in caught.value.hint
    assert "no" in service.log.read_text()
