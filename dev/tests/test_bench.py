"""Tests of the figures and the options of the benchmarks."""

import argparse
import json

import pytest

from dev.bench import changes, figures, run, table
from dev.bench.figures import Figure, Target
from dev.bench.measurements import ALL, chosen, name
from dev.console import Failure


def figure(**values):
    return Figure(
        **{
            "measurement": "first import",
            "size": 1000,
            "unit": "computers/s",
            "ours": [100.0, 300.0, 1200.0],
            "theirs": [50.0, 100.0, 1000.0],
            "reference": "a peer",
            **values,
        }
    )


def options(**values):
    parser = argparse.ArgumentParser()
    run.add_arguments(parser)
    found = parser.parse_args([])
    for key, value in values.items():
        setattr(found, key, value)
    return found


def test_ratio_is_median_of_ratios_of_pairs():
    # the ratio of the medians would be 3
    assert figure().ratio == 2


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target(at_least=2), True),
        (Target(at_least=2.01), False),
        (Target(at_most=2), True),
        (Target(at_most=1.99), False),
        (None, None),
    ],
)
def test_bounds_of_targets_are_inclusive(target, met):
    assert figure(target=target).met is met


def test_target_applies_to_large_fleets():
    target = Target(at_most=2)
    assert target.of(figures.TARGET_SIZE) is target
    assert target.of(figures.TARGET_SIZE - 1) is None


def test_per_second():
    assert figures.per_second([10, 30], [2, 3]) == [5, 10]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, [[0, 1, 2, 3, 4]]),
        (2, [[0, 1], [2, 3, 4]]),
        (5, [[0], [1], [2], [3], [4]]),
        (9, [[0], [1], [2], [3], [4]]),
    ],
)
def test_slices_keep_all_items_in_order(number, expected):
    assert figures.slices(range(5), number) == expected


def test_table_distinguishes_peers_and_limits():
    lines = table.table(
        [
            figure(target=Target(at_least=5)),
            figure(reference="a limit", is_limit=True, target=Target(at_least=0.4)),
            figure(reference="something"),
        ]
    )
    heading, rule, peer, limit, other = lines
    assert len(rule) >= len(heading)
    peer_end = heading.index("peer") + len("peer")
    limit_end = heading.index("limit") + len("limit")
    assert peer[:peer_end].endswith(" 100") and peer.endswith("≥ 5.00  NO")
    assert limit[:limit_end].endswith(" 100") and limit.endswith("≥ 0.40  yes")
    assert other.endswith("2.00")


@pytest.mark.parametrize(
    ("value", "text"), [(15234.5, "15,234"), (12.34, "12.3"), (0.1234, "0.12")]
)
def test_numbers_are_rounded(value, text):
    assert table.number(value) == text


def test_json_contains_samples_and_results(tmp_path):
    path = tmp_path / "new" / "figures.json"
    found = [figure(target=Target(at_least=5), notes={"lost": 0})]
    table.write_json(path, found, {"cores": 2}, {"sizes": [1000]})
    content = json.loads(path.read_text())
    assert content["machine"] == {"cores": 2}
    assert content["options"] == {"sizes": [1000]}
    (line,) = content["figures"]
    assert line["ours"] == [100, 300, 1200]
    assert (line["ratio"], line["target"], line["met"]) == (2, "≥ 5.00", False)
    assert line["notes"] == {"lost": 0}


def test_measurements_are_selected_by_name_in_fixed_order():
    names = [name(each) for each in ALL]
    assert [name(each) for each in chosen([])] == names
    both = [names[-1], names[0]]
    assert [name(each) for each in chosen(both)] == both[::-1]


def test_unknown_measurement():
    with pytest.raises(Failure, match="no measurement first-impotr"):
        chosen(["first-impotr"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", []), ("20000, 1000", [1000, 20000]), ("1_000", [1000])],
)
def test_sizes(text, numbers):
    assert run.sizes(text) == numbers


@pytest.mark.parametrize("text", ["many", "1000 0", "-5", "1.5"])
def test_invalid_sizes(text):
    with pytest.raises(Failure, match="not a list of numbers"):
        run.sizes(text)


def test_options_override_quick(monkeypatch):
    for variable in ("SIZE", "FLEETS", "ONLY", "QUICK"):
        monkeypatch.delenv(variable, raising=False)
    usual = run.context_of(options())
    assert (usual.sizes, usual.samples) == ([1000, 20000], 5)
    quick = run.context_of(options(quick=True))
    assert (quick.sizes, quick.samples) == ([200], 3)
    both = run.context_of(options(quick=True, size="400", repeat=7))
    assert (both.sizes, both.samples) == ([400], 7)


def test_options_from_environment(monkeypatch):
    monkeypatch.setenv("FLEETS", "1000 100000")
    monkeypatch.setenv("ONLY", "no-change")
    found = options()
    assert run.context_of(found).sizes == [1000, 100000]
    assert found.only == "no-change"


@pytest.mark.parametrize(
    ("sizes", "typical"),
    [([1000, 20000, 100000], 20000), ([1000], 1000), ([100000], 100000)],
)
def test_typical_size(sizes, typical):
    assert run.Context(sizes).typical == typical


@pytest.mark.parametrize(
    ("column", "value"),
    [("MEMORY", 8192), ("MEMORY", None), ("BVERSION", "1.2"), ("BVERSION", None)],
)
def test_changed_value_differs(column, value):
    assert changes.another(column, value) != value


def test_changes_are_reverted(loaded, ocs_server):
    database = loaded(7081)
    before = database.snapshot()
    account = {key: ocs_server[key] for key in ("host", "port", "user", "password")}
    name_of = ocs_server["databases"]["7081"]
    ids = [row["ID"] for row in database.rows("SELECT ID FROM hardware")][:90]
    with changes.Changes({**account, "database": name_of}) as ocs:
        ocs.apply(ids)
        changed = database.difference(before)
        assert {owner for _table, owner in changed} == set(ids)
        assert {table for table, _owner in changed} == {"hardware", "bios", "memories"}
        ocs.apply(ids)
    assert not database.difference(before)
