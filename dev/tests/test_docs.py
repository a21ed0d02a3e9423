"""Tests of the generated pages of an addon."""

import pytest

from dev import docs

MANIFEST = """{
    "name": "An Addon",
    "version": "19.0.1.0.0",
    "author": "Somebody, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/some-addons",
    "license": "LGPL-3",
    "development_status": "Beta",
}
"""


@pytest.fixture
def addon(tmp_path, monkeypatch):
    """An addon without pages, whose fragments are not converted."""
    monkeypatch.setattr(docs, "to_rst", lambda text: text)
    (tmp_path / "readme").mkdir()
    (tmp_path / "static" / "description").mkdir(parents=True)
    (tmp_path / "__manifest__.py").write_text(MANIFEST)
    for name in ("DESCRIPTION", "CONTRIBUTORS", "USAGE"):
        (tmp_path / "readme" / f"{name}.md").write_text(f"This is {name}.\n")
    return tmp_path


def test_pages_are_regenerated_when_a_source_changes(addon):
    assert docs.write(addon)
    assert not docs.write(addon)
    (addon / "readme" / "USAGE.md").write_text("Another text.\n")
    assert docs.write(addon)
    assert "Another text." in (addon / "README.rst").read_text()
    (addon / "__manifest__.py").write_text(MANIFEST.replace("An Addon", "A Thing"))
    assert docs.write(addon)
    assert "<h1>A Thing</h1>" in (addon / "static/description/index.html").read_text()


def test_missing_page_is_regenerated(addon):
    docs.write(addon)
    (addon / "static" / "description" / "index.html").unlink()
    assert docs.write(addon)


def test_fragments_become_sections(addon):
    text = docs.build_readme(addon)
    assert "\nUsage\n=====\n\nThis is USAGE.\n" in text
    assert "Changelog" not in text
    assert "Other credits" not in text
    (addon / "readme" / "CREDITS.md").write_text("Thanks.\n")
    assert "\nOther credits\n-------------\n\nThanks.\n" in docs.build_readme(addon)


def test_generator_of_the_oca_can_take_over(addon):
    docs.write(addon)
    html = (addon / "static" / "description" / "index.html").read_text()
    assert "oca-gen-addon-readme" in html


def test_badges_contain_repository_and_addon(addon):
    text = docs.build_readme(addon)
    assert "/badge/github-OCA%2Fsome--addons-lightgray.png" in text
    assert f"some-addons-19-0/some-addons-19-0-{addon.name}\n" in text
    assert "|badge1| |badge2| |badge3| |badge4| |badge5|" in text


def test_warning_in_fragment_is_an_error():
    with pytest.raises(Exception, match="unknown_target"):
        docs.build_html("Title\n=====\n\nSee unknown_target_.\n")
