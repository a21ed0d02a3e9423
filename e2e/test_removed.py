"""Computers that are removed from OCS: merged into a newer row, or deleted."""

import pytest

from .computers import module

LATER = "2026-02-28-10-00-00"


@pytest.fixture(params=[0, 1], ids=["no trace", "trace"])
def trace(request, ocs):
    """Whether OCS records merges and deletions in ``deleted_equiv``."""
    ocs.configure("TRACE_DELETED", request.param)


@pytest.fixture
def imported(ocs, backend):
    """The ID in OCS of an imported computer, and the sections its agent sent."""
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X", tag="SALES")
    assert backend.import_changed() == 1
    return ocs.id_of(agent), sections


def test_a_reinstalled_computer_keeps_its_asset(ocs, backend, trace, imported):
    old_id, sections = imported
    before = backend.computer(["odoo_id", "monitor_ids"])
    agent = ocs.agent("PC-ONE", installed=LATER)
    agent.inventory(sections)
    assert ocs.ids() == [ocs.id_of(agent)] != [old_id]
    backend.import_changed()
    assert backend.computer([*before, "external_id", "active", "serial_no"]) == {
        **before,
        "external_id": ocs.id_of(agent),
        "active": True,
        "serial_no": "SN4711X",
    }
    sections["MEMORIES"][1] = module(2)
    agent.inventory(sections)
    assert backend.import_changed() == 1
    assert backend.computer(["odoo_id", "memory_modules"]) == {
        "odoo_id": before["odoo_id"],
        "memory_modules": "2x8192MB",
    }


def test_the_asset_of_a_deleted_computer_is_archived(ocs, backend, trace, imported):
    old_id, _sections = imported
    before = backend.computer(["odoo_id"])
    ocs.delete(old_id)
    backend.import_changed()
    found = backend.computer(["odoo_id", "active", "removed_since"])
    assert found.pop("removed_since")
    assert found == {**before, "active": False}


def test_only_the_deleted_computer_is_marked_as_removed(ocs, backend, trace, imported):
    old_id, _sections = imported
    ocs.first_inventory("PC-TWO", "SN4712X")
    ocs.delete(old_id)
    assert backend.import_changed() == 2  # the new one, and the removed one
    removed = {
        computer["external_id"]: bool(computer["removed_since"])
        for computer in backend.computers(["external_id", "removed_since"])
    }
    (present,) = ocs.ids()
    assert removed == {old_id: True, present: False}
