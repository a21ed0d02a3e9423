"""Tests of the account that runs a server."""

import pytest

from dev import privileges
from dev.privileges import Account


def test_ordinary_user_needs_no_other_account():
    (account,) = privileges.candidates("postgres", 1000)
    assert account.prefix == []


def test_root_prefers_the_account_of_the_server(monkeypatch):
    monkeypatch.setattr(privileges, "_entry", {"mysql": entry(27)}.get)
    first, second = privileges.candidates("mysql", 0)
    assert "--reuid=27" in first.prefix
    assert second.prefix[0] == "unshare"


def test_root_uses_nobody_without_account_of_the_server(monkeypatch):
    monkeypatch.setattr(privileges, "_entry", {"nobody": entry(65534)}.get)
    assert "--reuid=65534" in privileges.candidates("mysql", 0)[0].prefix


def entry(number):
    return type("Entry", (), {"pw_uid": number, "pw_gid": number})


@pytest.fixture
def tried(monkeypatch):
    """Return the prefixes of accounts that may enter, and of those that were tried."""
    allowed, owners = [], []
    accounts = [Account(["switch"], 1, 1), Account(["namespace"], 0, 0)]
    monkeypatch.setattr(privileges, "candidates", lambda *_: accounts)
    monkeypatch.setattr(Account, "chown", lambda self, _: owners.append(self.prefix[0]))
    monkeypatch.setattr(Account, "can_enter", lambda self, _: self.prefix[0] in allowed)
    return allowed, owners


def test_next_account_is_tried_if_one_cannot_enter(tried):
    allowed, owners = tried
    allowed.append("namespace")
    assert privileges.choose("postgres", "/folder").prefix == ["namespace"]
    assert owners == ["switch", "namespace"]


def test_failure_without_account_suggests_a_folder(tried):
    with pytest.raises(privileges.Failure) as caught:
        privileges.choose("postgres", "/folder")
    assert "/opt" in caught.value.hint
