"""Tests of the requests that the agents of the end-to-end tests send."""

import xml.etree.ElementTree as ElementTree

from e2e.agent import changed, request


def test_request_has_the_format_of_ocs():
    content = {"HARDWARE": {"NAME": "A&B"}, "MEMORIES": [{"CAPACITY": 1}, {}]}
    text = request("INVENTORY", "A-2026-01-31-08-30-00", content)
    assert text.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    root = ElementTree.fromstring(text)
    assert root.tag == "REQUEST"
    assert [element.tag for element in root] == ["CONTENT", "DEVICEID", "QUERY"]
    assert root.findtext("DEVICEID") == "A-2026-01-31-08-30-00"
    assert root.findtext("QUERY") == "INVENTORY"
    assert root.findtext("CONTENT/HARDWARE/NAME") == "A&B"
    assert [row.findtext("CAPACITY") for row in root.iter("MEMORIES")] == ["1", None]


def test_checksum_contains_changed_sections():
    before = {"HARDWARE": {"NAME": "A"}, "MEMORIES": [{"CAPACITY": 1}]}
    assert changed(before, before) == 0
    assert changed({**before, "MEMORIES": []}, before) == 4
    assert changed({"HARDWARE": {"NAME": "B"}}, before) == 1 | 4
    assert changed(before, {}) == 1 | 4
