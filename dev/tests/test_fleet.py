"""Tests of generated fleets, without a database."""

import tracemalloc
from collections import Counter
from datetime import datetime, timedelta
from itertools import islice

import pytest

from dev.fleet import NOW, computer_at, generate, oddities
from dev.fleet.schema import DEFAULTS

FLEET = list(generate(200))
ORDINARY = [computer for computer in FLEET if not computer.oddity]
OPTIONAL = {"archive", "accountinfo", "software"}


def column(computers, table, name):
    """Return all values of a column in the rows of computers."""
    rows = [row for each in computers for row in each.tables.get(table, [])]
    return [row[name] for row in rows]


def hardware(name):
    return lambda odd: column(odd, "hardware", name)


def bios(name):
    return lambda odd: column(odd, "bios", name)


def first(table, name):
    return lambda odd: [odd[0].tables[table][0][name]]


def tables(odd):
    return [sorted(each.tables) for each in odd]


def distinct(table, name):
    return lambda odd: len(set(column(odd, table, name)))


def size(table):
    return lambda odd: len(odd[0].tables[table])


def equal_rows(table):
    """Return a function that counts equal rows of the first computer, ignoring IDs."""

    def count(odd):
        rows = [{**row, "ID": None} for row in odd[0].tables[table]]
        return sorted((rows.count(row) for row in rows), reverse=True)

    return count


def macs(computer):
    return set(column([computer], "networks", "MACADDR"))


WHITE_BOX = "To Be Filled By O.E.M."
MANUAL = ["bios", "hardware", "networks"]
AMI = "03000200-0400-0500-0006-000700080009"
MSI = "6AB5B300-538D-1014-9FB5-B0684D007B53"
ZERO = "0000-00-00 00:00:00"
# {oddity: (function of its computers, expected value)}
EXPECTED = {
    "no_bios_row": (lambda odd: "bios" in odd[0].tables, False),
    "null_name": (hardware("NAME"), [None]),
    "no_accountinfo": (lambda odd: "accountinfo" in odd[0].tables, False),
    "system_group": (hardware("DEVICEID"), ["_SYSTEMGROUP_"]),
    "download_group": (hardware("DEVICEID"), ["_DOWNLOADGROUP_"]),
    "manual_computers": (tables, [MANUAL, MANUAL]),
    "archived": (hardware("ARCHIVE"), [1, 1]),
    "orphan_children": (lambda odd: "hardware" in odd[0].tables, False),
    "only_hardware": (tables, [["accountinfo", "hardware"]]),
    "serial_to_be_filled": (bios("SSN"), [WHITE_BOX]),
    "serial_zero": (bios("SSN"), ["0"]),
    "serial_none": (bios("SSN"), ["None"]),
    "serial_empty": (bios("SSN"), [""]),
    "serial_system": (bios("SSN"), ["System Serial Number"]),
    "shared_default_string": (bios("SSN"), ["Default string"] * 3),
    "conflicting_serial": (distinct("bios", "SSN"), 1),
    "padded_serial": (lambda odd: odd[0].bios["SSN"].endswith("      "), True),
    "lower_case_serial": (lambda odd: odd[0].bios["SSN"].islower(), True),
    "serial_of_the_board": (
        lambda odd: odd[0].bios["SSN"] == odd[0].bios["MSN"],
        True,
    ),
    "uuid_all_zero": (hardware("UUID"), ["00000000-0000-0000-0000-000000000000"]),
    "shared_uuid_ami": (hardware("UUID"), [AMI, AMI]),
    "shared_uuid_msi": (hardware("UUID"), [MSI, MSI]),
    "reinstalled_not_merged": (bios("SSN"), ["Default string"] * 2),
    "shared_name": (distinct("hardware", "NAME"), 1),
    "shared_dock_mac": (lambda odd: len(macs(odd[0]) & macs(odd[1])), 1),
    "blacklisted_mac": (lambda odd: "00:00:00:00:00:00" in macs(odd[0]), True),
    "longest_name": (lambda odd: len(odd[0].name), 255),
    "cyrillic_name": (hardware("NAME"), ["Бухгалтерія-92"]),
    "hostile_name": (hardware("NAME"), ["O'Brien \"<b>PC</b>\" 100% \\ 'x' 93"]),
    "lost_characters": (lambda odd: odd[0].name.endswith("????"), True),
    "trailing_spaces": (lambda odd: odd[0].name.endswith("  "), True),
    "not_applicable_texts": (bios("ASSETTAG"), ["N/A"]),
    "zero_lastdate": (hardware("LASTDATE"), [ZERO]),
    "zero_volume_date": (first("drives", "CREATEDATE"), ["0000-00-00"]),
    "lastdate_in_the_future": (hardware("LASTDATE"), [NOW + timedelta(days=365)]),
    "capacity_no": (first("memories", "CAPACITY"), ["No"]),
    "capacity_empty": (first("memories", "CAPACITY"), [""]),
    "capacity_negative": (first("memories", "CAPACITY"), ["-1"]),
    "capacity_overflow": (first("memories", "CAPACITY"), ["2147483647"]),
    "capacity_with_unit": (first("memories", "CAPACITY"), ["8 GB"]),
    "no_memory": (hardware("MEMORY"), [0]),
    "identical_memory_modules": (equal_rows("memories"), [4] * 4),
    "unknown_processor_speed": (hardware("PROCESSORS"), [0]),
    "blank_video_names": (lambda odd: column(odd, "videos", "NAME")[-2:], ["", " "]),
    "video_memory_missing": (first("videos", "MEMORY"), [""]),
    "video_memory_negative": (first("videos", "MEMORY"), ["-1"]),
    "monitor_without_serial": (first("monitors", "SERIAL"), [""]),
    "identical_monitors_without_serial": (equal_rows("monitors"), [2, 2]),
    "monitor_with_only_a_caption": (first("monitors", "MANUFACTURER"), [""]),
    "shared_monitor_serial": (distinct("monitors", "SERIAL"), 1),
    "free_text_network_speed": (first("networks", "SPEED"), ["-1 Mbps"]),
    "duplicate_interface_rows": (
        lambda odd: equal_rows("networks")(odd)[:6],
        [2, 2, 2, 2, 2, 2],
    ),
    "card_reader_without_size": (
        lambda odd: column(odd, "storages", "DISKSIZE")[-2:],
        [0, -1],
    ),
}


def test_every_oddity_is_tested():
    assert EXPECTED.keys() == oddities.ODDITIES.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_oddity_is_in_a_fleet_of_200(name):
    odd = [computer for computer in FLEET if computer.oddity == name]
    value_of, value = EXPECTED[name]
    assert [computer.id for computer in odd] == oddities.ids(name)
    assert value_of(odd) == value


def test_conflicting_serial_has_two_uuids():
    odd = [FLEET[number - 1] for number in oddities.ids("conflicting_serial")]
    assert len({computer.hardware["UUID"] for computer in odd}) == 2
    assert len(odd[0].bios["SSN"]) >= 7


def test_reinstalled_machine_has_two_rows():
    old, new = (FLEET[number - 1] for number in oddities.ids("reinstalled_not_merged"))
    assert macs(old) == macs(new)
    assert old.name == new.name
    assert old.hardware["UUID"] == new.hardware["UUID"]
    assert old.hardware["DEVICEID"] != new.hardware["DEVICEID"]
    assert old.hardware["LASTDATE"] < new.hardware["LASTDATE"]


def test_oddities_grow_with_the_fleet():
    found = Counter(computer.oddity for computer in generate(600))
    for name, oddity in oddities.ODDITIES.items():
        assert found[name] == 3 * len(oddity.positions)
        assert len(oddities.ids(name, 600)) == found[name]


def test_fleet_is_reproducible():
    assert list(generate(200)) == FLEET


def test_entry_does_not_depend_on_the_size():
    assert [computer_at(index) for index in (0, 76, 199)] == [
        FLEET[0],
        FLEET[76],
        FLEET[199],
    ]


def test_another_seed_gives_another_fleet():
    serials = set(column(ORDINARY, "bios", "SSN"))
    assert not serials & set(column(generate(50, seed="other"), "bios", "SSN"))


def test_now_changes_only_dates():
    earlier = generate(200, now=NOW - timedelta(days=100))
    for one, other in zip(FLEET, earlier, strict=True):
        for row in one.tables.get("hardware", []):
            dates = {name: row[name] for name in ("LASTDATE", "LASTCOME")}
            other.hardware.update(dates)
        assert one == other


def test_dates_are_of_the_last_weeks():
    dates = column(ORDINARY, "hardware", "LASTDATE")
    assert max(dates) <= NOW
    assert min(dates) > NOW - timedelta(days=61)
    recent = sum(date > NOW - timedelta(days=4) for date in dates)
    assert len(dates) / 2 < recent < len(dates)
    for computer in ORDINARY:
        assert computer.hardware["LASTDATE"] <= computer.hardware["LASTCOME"] <= NOW


def test_memory_does_not_grow_with_the_fleet():
    assert len(list(islice(generate(1_000_000), 3))) == 3
    assert peak(2000) < peak(200) + 100_000


def peak(size):
    """Return the peak of memory in bytes when a fleet is generated."""
    tracemalloc.start()
    for _computer in generate(size):
        pass
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return used


def test_identifiers_of_ordinary_computers_are_unique():
    computers = [each for each in generate(5000) if not each.oddity]
    for table, name in (
        ("hardware", "ID"),
        ("hardware", "DEVICEID"),
        ("hardware", "NAME"),
        ("hardware", "UUID"),
        ("bios", "SSN"),
    ):
        assert max(Counter(column(computers, table, name)).values()) == 1
    owners = Counter(address for each in computers for address in macs(each))
    assert max(owners.values()) == 1


def test_rows_have_the_columns_of_ocs():
    for computer in FLEET:
        for table, rows in computer.tables.items():
            known = set(DEFAULTS.get(table, ())) | {"ID", "HARDWARE_ID"}
            for row in rows:
                assert table in OPTIONAL or set(row) <= known


def test_row_ids_are_unique_and_belong_to_their_computer():
    for table in ("memories", "networks", "software"):
        ids = column(FLEET, table, "ID")
        assert len(set(ids)) == len(ids)
        owners = column(FLEET, table, "HARDWARE_ID")
        assert [number // 32 for number in ids] == owners


def test_hardware_agrees_with_the_sections():
    for computer in ORDINARY:
        capacities = column([computer], "memories", "CAPACITY")
        fitted = sum(int(text) for text in capacities if text.isdigit())
        assert fitted * 0.95 < computer.hardware["MEMORY"] <= fitted
        assert computer.hardware["IPADDR"] in column(
            [computer], "networks", "IPADDRESS"
        )
        cpus = computer.tables["cpus"]
        assert computer.hardware["PROCESSORN"] == len(cpus)
        assert computer.hardware["PROCESSORT"].startswith(cpus[0]["TYPE"])
        assert str(computer.hardware["PROCESSORS"]) == cpus[0]["SPEED"]


def test_fleet_is_varied():
    assert len(set(column(ORDINARY, "bios", "SMANUFACTURER"))) > 8
    assert len(set(column(ORDINARY, "hardware", "OSNAME"))) > 8
    assert len(set(column(ORDINARY, "accountinfo", "TAG"))) == 8
    assert {len(each.tables["monitors"]) for each in ORDINARY} == {0, 1, 2, 3}
    assert {len(each.tables["videos"]) for each in ORDINARY} == {1, 2}


def test_any_now_is_accepted():
    assert computer_at(0, now=datetime(2031, 5, 6, 7, 8, 9, 10)).hardware["LASTDATE"]
