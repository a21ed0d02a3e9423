"""Tests of ``make lint``."""

from subprocess import CompletedProcess

import pytest

from dev import lint, paths
from dev.console import Failure


@pytest.fixture
def hooks(monkeypatch):
    """The calls of pre-commit, which returns the exit status ``hooks.status``."""

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


def test_findings_count_as_failure(hooks):
    assert (lint.run().passed, lint.run().failed) == (1, 0)
    hooks.status = 1
    found = lint.run()
    assert (found.passed, found.failed) == (0, 1)
    assert found.problems == ["what was found"]


def test_full_runs_the_slow_hooks(hooks, monkeypatch):
    for name in ("FULL", "OCS_FULL"):
        monkeypatch.delenv(name, raising=False)
    lint.run()
    for name in ("FULL", "OCS_FULL"):
        with monkeypatch.context() as patched:
            patched.setenv(name, "1")
            lint.run()
    stages = [call[-1].partition("=")[2] for call in hooks]
    assert stages == ["pre-commit", "manual", "manual"]


def test_lint_is_skipped_without_git(hooks, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    outcome = lint.run()
    assert (outcome.passed, outcome.failed) == (0, 0)
    assert "git init" in outcome.skipped[0]
    with pytest.raises(Failure, match="git init"):
        lint.write_readmes()


def test_caches_are_not_in_the_home_folder():
    folders = ("PRE_COMMIT_HOME", "PYLINTHOME", "npm_config_cache")
    environment = lint.environment()
    assert all(environment[name].startswith(str(paths.DEV)) for name in folders)
