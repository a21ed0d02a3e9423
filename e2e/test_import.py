"""Imports, by a running Odoo, of inventories that OCS's own server received."""

import pytest

from dev import ocs_agent

from .computers import module, monitor


@pytest.fixture
def imported(ocs, backend):
    """The agent of an imported computer, and the sections it sent."""
    agent, sections = ocs.first_inventory("PC-ONE", "SN4711X", tag="SALES")
    assert backend.import_changed() == 1
    return agent, sections


def test_a_first_inventory_becomes_an_asset(ocs, backend, imported):
    agent, _sections = imported
    expected = {
        "name": "PC-ONE",
        "serial_no": "SN4711X",
        "memory_modules": "1x8192MB",
        "memory_mb": 8192,
        "graphics": "Intel UHD Graphics 630",
        "ocs_tag": "SALES",
        "external_id": ocs.id_of(agent),
        "device_id": agent.device_id,
    }
    assert backend.computer(list(expected)) == expected
    screen = {"name": "DELL U2419H", "model": "U2419H", "serial_no": "M-SN4711X"}
    assert backend.monitors(list(screen)) == [screen]


def test_an_unchanged_computer_is_not_imported_again(backend, imported):
    agent, sections = imported
    assert backend.import_changed() == 0
    assert agent.prolog()["RESPONSE"] == "SEND"
    agent.inventory(sections)
    assert backend.import_changed() == 0


def test_new_row_ids_are_no_change(ocs, backend, imported):
    _agent, sections = imported
    before = ocs.sql("SELECT ID FROM memories")
    ocs.agent("PC-ONE").inventory(sections)  # an agent without its last inventory
    assert ocs.sql("SELECT ID FROM memories") != before
    assert backend.import_changed() == 0


def test_an_added_memory_module_is_imported_by_one_job(ocs, backend, imported):
    agent, sections = imported
    ocs.first_inventory("PC-TWO", "SN4712X")
    assert backend.import_changed() == 1
    sections["MEMORIES"][1] = module(2)
    sections["HARDWARE"]["MEMORY"] = 16384
    agent.inventory(sections)
    assert backend.import_changed() == 1
    assert backend.computers(["name", "memory_modules", "memory_mb"]) == [
        {"name": "PC-ONE", "memory_modules": "2x8192MB", "memory_mb": 16384},
        {"name": "PC-TWO", "memory_modules": "1x8192MB", "memory_mb": 8192},
    ]


def test_an_added_monitor_becomes_an_asset(backend, imported):
    agent, sections = imported
    sections["MONITORS"].append(monitor("M-NEW"))
    agent.inventory(sections)
    assert backend.import_changed() == 1
    serials = {screen["serial_no"] for screen in backend.monitors(["serial_no"])}
    assert serials == {"M-SN4711X", "M-NEW"}


def test_a_tag_edited_in_the_console_is_imported_by_one_job(ocs, backend, imported):
    agent, sections = imported
    ocs.set_tag(ocs.id_of(agent), "BUYING")
    assert backend.import_changed() == 1
    assert backend.computer(["ocs_tag"]) == {"ocs_tag": "BUYING"}
    # The agent receives the new TAG: its inventory does not restore the old one.
    assert agent.inventory(sections)["RESPONSE"] == "ACCOUNT_UPDATE"
    assert backend.import_changed() == 0


def test_this_machine_is_imported_from_the_real_agent(ocs, backend):
    ocs_agent.run(ocs.address)
    (sent,) = ocs.sql("SELECT NAME, MEMORY, OSNAME, USERAGENT FROM hardware")
    assert sent["USERAGENT"].startswith("OCS-NG_unified_unix_agent")
    assert backend.import_changed() == 1
    assert backend.computer(["name", "memory_mb", "os_name"]) == {
        "name": sent["NAME"],
        "memory_mb": sent["MEMORY"],
        "os_name": sent["OSNAME"],
    }
    assert backend.import_changed() == 0


def test_the_account_of_odoo_may_only_read(backend):
    if backend.read("detection")["detection"] == "changelog":
        pytest.skip("needs more privileges, on the change log only")
    answer = backend.odoo.call("ocs.backend", "action_test_connection", [backend.id])
    assert "has read-only access" in answer["params"]["message"]
