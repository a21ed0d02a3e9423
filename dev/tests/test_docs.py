"""The generated pages are those of the fragments as they are now."""

import pytest

from dev import docs, paths


@pytest.mark.parametrize("addon", paths.addons(), ids=lambda addon: addon.name)
def test_pages_are_up_to_date(addon):
    assert docs.outdated(addon) == [], "run `make docs`"


def test_a_warning_in_a_fragment_is_an_error():
    with pytest.raises(Exception, match="unknown_target"):
        docs.build_html("Title\n=====\n\nSee unknown_target_.\n")
