"""Behaviour of OCS's own server that the connector and these tests rely on."""

import pytest

from .agent import RequestFailed
from .computers import tower

LATER = "2026-02-28-10-00-00"
BROKEN = "CREATE TRIGGER broken AFTER {} FOR EACH ROW SIGNAL SQLSTATE '45000'"


def reinstall(ocs, sections):
    """Let a reinstalled agent of PC-ONE report, and return its ``hardware.ID``."""
    agent = ocs.agent("PC-ONE", installed=LATER)
    agent.inventory(sections)
    return ocs.id_of(agent)


def test_a_reinstalled_computer_has_a_new_id_and_the_old_tag(ocs):
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X", tag="SALES")
    old_id = ocs.id_of(agent)
    new_id = reinstall(ocs, tower("PC-ONE", "SN4711X", tag="OTHER"))
    assert ocs.ids() == [new_id] != [old_id]
    assert ocs.tag(new_id) == "SALES"
    assert ocs.sql("SELECT * FROM bios WHERE HARDWARE_ID = %s", (old_id,)) == []
    assert ocs.sql("SELECT * FROM deleted_equiv") == []


def test_a_merge_records_both_ids_in_deleted_equiv(ocs):
    ocs.configure("TRACE_DELETED", 1)
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    old_id = ocs.id_of(agent)
    new_id = reinstall(ocs, sections)
    (trace,) = ocs.sql("SELECT DELETED, EQUIVALENT FROM deleted_equiv")
    assert trace == {"DELETED": str(old_id), "EQUIVALENT": str(new_id)}


def test_another_serial_number_is_another_computer(ocs):
    ocs.first_inventory("PC-ONE", "SN4711X")
    reinstall(ocs, tower("PC-ONE", "SN4712X"))
    assert len(ocs.ids()) == 2


def test_a_deleted_computer_that_reports_again_has_a_new_id(ocs):
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X", tag="SALES")
    old_id = ocs.id_of(agent)
    ocs.delete(old_id)
    assert ocs.ids() == []
    agent.inventory(sections)  # under the same DEVICEID
    assert ocs.ids() == [ocs.id_of(agent)] != [old_id]
    assert len(ocs.sql("SELECT ID FROM memories")) == 2


def test_the_last_monitor_is_not_deleted(ocs):
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    sections["MONITORS"] = []
    agent.inventory(sections)
    assert len(ocs.sql("SELECT ID FROM monitors")) == 1


def test_the_account_of_the_server_may_create_triggers(ocs):
    ocs.sql("CREATE TABLE seen (COMPUTER INT)", user="ocs")
    ocs.sql(
        "CREATE TRIGGER sees AFTER INSERT ON memories FOR EACH ROW"
        " INSERT INTO seen VALUES (NEW.HARDWARE_ID)",
        user="ocs",
    )
    agent, _sections = ocs.first_inventory("PC-ONE", "SN4711X")
    assert ocs.sql("SELECT * FROM seen") == [{"COMPUTER": ocs.id_of(agent)}] * 2


def test_an_error_in_a_trigger_stops_the_inventory(ocs):
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    ocs.sql(BROKEN.format("INSERT ON memories"))
    sections["MEMORIES"].pop()
    with pytest.raises(RequestFailed, match="500"):
        agent.inventory(sections)
    assert len(ocs.sql("SELECT ID FROM memories")) == 2
    ocs.sql("DROP TRIGGER broken")
    agent.inventory(sections)
    assert len(ocs.sql("SELECT ID FROM memories")) == 1


def test_an_error_in_a_trigger_loses_the_tag_of_a_new_computer(ocs):
    ocs.sql(BROKEN.format("INSERT ON memories"))
    agent, sections = ocs.agent("PC-ONE"), tower("PC-ONE", "SN4711X", tag="SALES")
    with pytest.raises(RequestFailed, match="500"):
        agent.inventory(sections)
    ocs.sql("DROP TRIGGER broken")
    agent.inventory(sections)
    assert ocs.tag(ocs.id_of(agent)) == "LOST"


def test_an_error_in_a_trigger_leaves_a_merge_half_done(ocs):
    _agent, sections = ocs.first_inventory("PC-ONE", "SN4711X")
    ocs.sql(BROKEN.format("DELETE ON hardware"))
    reinstall(ocs, sections)  # the server reports no error
    ocs.sql("DROP TRIGGER broken")
    reinstall(ocs, sections)
    assert len(ocs.ids()) == 2
    assert len(ocs.sql("SELECT HARDWARE_ID FROM bios")) == 1
