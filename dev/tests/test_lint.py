"""What ``make lint`` says, and which hooks it runs."""

from subprocess import CompletedProcess

import pytest

from dev import lint, paths
from dev.console import Failure


@pytest.fixture
def hooks(monkeypatch):
    """The calls of pre-commit, which ends with the status in ``hooks.status``."""

    class Calls(list):
        status = 0

    calls = Calls()

    def pre_commit(*arguments):
        calls.append(arguments)
        return CompletedProcess(arguments, calls.status, "what was found")

    monkeypatch.setattr(lint, "pre_commit", pre_commit)
    monkeypatch.setattr(lint, "ensure", lambda: None)
    monkeypatch.setattr(lint, "is_checkout", lambda: True)
    return calls


def test_findings_are_a_failure(hooks):
    assert (lint.run().passed, lint.run().failed) == (1, 0)
    hooks.status = 1
    found = lint.run()
    assert (found.passed, found.failed) == (0, 1)
    assert found.problems == ["what was found"]


def test_the_hooks_that_take_long_run_when_everything_is_asked_for(hooks, monkeypatch):
    for name in ("FULL", "OCS_FULL"):
        monkeypatch.delenv(name, raising=False)
    lint.run()
    for name in ("FULL", "OCS_FULL"):
        with monkeypatch.context() as patched:
            patched.setenv(name, "1")
            lint.run()
    stages = [call[-1].partition("=")[2] for call in hooks]
    assert stages == ["pre-commit", "manual", "manual"]


def test_without_git_nothing_is_said_to_have_passed(hooks, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    outcome = lint.run()
    assert (outcome.passed, outcome.failed) == (0, 0)
    assert "git init" in outcome.skipped[0]
    with pytest.raises(Failure, match="git init"):
        lint.write_readmes()


def test_nothing_is_written_to_the_home_of_the_user():
    folders = ("PRE_COMMIT_HOME", "PYLINTHOME", "npm_config_cache")
    environment = lint.environment()
    assert all(environment[name].startswith(str(paths.DEV)) for name in folders)
