"""Whom a database server runs as."""

import pytest

from dev import privileges
from dev.privileges import Account


def test_an_ordinary_user_runs_it_as_oneself():
    (account,) = privileges.candidates("postgres", 1000)
    assert account.prefix == []


def test_root_prefers_the_servers_own_account(monkeypatch):
    monkeypatch.setattr(privileges, "_entry", {"mysql": entry(27)}.get)
    first, second = privileges.candidates("mysql", 0)
    assert "--reuid=27" in first.prefix
    assert second.prefix[0] == "unshare"


def test_root_takes_nobody_where_the_servers_account_is_missing(monkeypatch):
    monkeypatch.setattr(privileges, "_entry", {"nobody": entry(65534)}.get)
    assert "--reuid=65534" in privileges.candidates("mysql", 0)[0].prefix


def entry(number):
    return type("Entry", (), {"pw_uid": number, "pw_gid": number})


@pytest.fixture
def tried(monkeypatch):
    """Let accounts named by their prefix be tried; those in the list may enter."""
    allowed, owners = [], []
    accounts = [Account(["switch"], 1, 1), Account(["namespace"], 0, 0)]
    monkeypatch.setattr(privileges, "candidates", lambda *_: accounts)
    monkeypatch.setattr(Account, "own", lambda self, _: owners.append(self.prefix[0]))
    monkeypatch.setattr(Account, "can_enter", lambda self, _: self.prefix[0] in allowed)
    return allowed, owners


def test_an_account_that_cannot_enter_gives_the_folder_to_the_next(tried):
    allowed, owners = tried
    allowed.append("namespace")
    assert privileges.choose("postgres", "/folder").prefix == ["namespace"]
    assert owners == ["switch", "namespace"]


def test_no_account_is_a_failure_that_says_where_to_clone(tried):
    with pytest.raises(privileges.Failure) as caught:
        privileges.choose("postgres", "/folder")
    assert "/opt" in caught.value.remedy
