"""Tests that only Odoo 19 is used."""

import pytest

from dev import odoo_source


def release(info):
    return f"RELEASE_LEVELS = []\n\nversion_info = {info}\nversion = '.'\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (release("(19, 0, 0, FINAL, 0, '')"), "19.0"),
        (release("(18, 0, 0, FINAL, 0, '')"), "18.0"),
        (release("('saas~18', 4, 0, FINAL, 0, '')"), "saas~18.4"),
        (release("(19, 1, 0, ALPHA, 1, '')"), "19.1"),
        ("no version", None),
    ],
)
def test_series(text, expected):
    assert odoo_source.series(text) == expected


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    monkeypatch.setattr(odoo_source, "find", odoo_source.find.__wrapped__)
    (tmp_path / "odoo").mkdir()
    return tmp_path


def test_checkout_of_the_user_is_used(checkout):
    text = release("(19, 0, 0, FINAL, 0, '')")
    (checkout / "odoo" / "release.py").write_text(text)
    assert odoo_source.find().folder == checkout


@pytest.mark.parametrize("text", [None, release("(18, 0, 0, FINAL, 0, '')")])
def test_other_folders_are_rejected(checkout, text):
    if text:
        (checkout / "odoo" / "release.py").write_text(text)
    with pytest.raises(odoo_source.Failure, match="ODOO_HOME"):
        odoo_source.find()
