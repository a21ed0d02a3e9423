"""What is built again, from what, and for whom."""

import subprocess
import sys
from pathlib import Path

import pytest

from dev import (
    apt,
    lock,
    ocs_schema,
    paths,
    postgres,
    pytest_runs,
    python_env,
    template,
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DEV", tmp_path)
    return tmp_path


def test_a_digest_depends_on_where_one_part_ends(tmp_path):
    file = tmp_path / "file"
    file.write_text("ab")
    assert paths.digest("ab", "c") != paths.digest("a", "bc")
    before = paths.digest(file)
    file.write_text("ac")
    assert paths.digest(file) != before


def test_a_build_broken_off_counts_as_none(folder):
    stamp = paths.Stamp("thing", "key")
    stamp.write()
    assert paths.Stamp("thing", "key").fresh()
    assert not paths.Stamp("thing", "other key").fresh()
    stamp.clear()
    assert not stamp.fresh()


def test_a_socket_lies_where_its_path_is_short_enough(folder, monkeypatch):
    assert paths.socket_folder("postgres") == folder / "postgres" / "run"
    monkeypatch.setattr(paths, "DEV", folder / ("deep" * 20))
    outside = paths.socket_folder("postgres")
    assert len(bytes(outside)) <= paths.SOCKET_FOLDER_LIMIT
    assert paths.socket_folder("postgres") == outside
    paths.remove()
    assert not outside.exists()


def test_uv_is_told_what_pip_is_told():
    listing = "\n".join(
        [
            "global.index-url='https://old.example/simple'",
            "global.extra-index-url='https://a.example/simple https://b.example/simple'",
            ":env:.index-url='https://new.example/simple'",
            ":env:.disable-pip-version-check='1'",
            "install.trusted-host='\\na.example\\nb.example'",
        ]
    )
    assert python_env.uv_settings(listing) == {
        "UV_DEFAULT_INDEX": "https://new.example/simple",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_INSECURE_HOST": "a.example b.example",
    }
    assert python_env.uv_settings("") == {}


@pytest.mark.parametrize(
    ("dependency", "wanted"),
    [
        ("libicu72 (>= 72.1~rc-1~)", True),
        ("tzdata", True),
        ("libllvm14", False),
        ("mariadb-common (>= 1:10.11.19-0+deb12u1)", False),
        ("locales | locales-all", False),
        ("postgresql-common (>= 241~)", False),
    ],
)
def test_of_a_servers_dependencies_only_libraries(dependency, wanted, monkeypatch):
    monkeypatch.setattr(apt, "run", lambda _: f"libc6 (>= 2.34), {dependency}\n")
    assert (dependency in apt.libraries(["server.deb"])) is wanted


def test_what_is_extracted_is_not_installed_too(monkeypatch):
    monkeypatch.setattr(apt, "run", lambda _: "libdbi-perl (>= 1), libapr1 | other\n")
    archives = ["/folder/server_1_all.deb", "/folder/libdbi-perl_1.6-1_amd64.deb"]
    assert apt.libraries(archives) == ["libapr1 | other"]


def test_make_test_leaves_the_end_to_end_tests_out():
    assert pytest_runs.other_folders() == ["dev"]
    assert set(pytest_runs.addon_folders()) == {a.name for a in paths.addons()}


def test_the_newest_server_that_is_new_enough(tmp_path):
    for version in ("9.6", "12", "13", "15"):
        program = tmp_path / f"usr/lib/postgresql/{version}/bin/initdb"
        program.parent.mkdir(parents=True)
        program.touch()
    assert postgres.newest(tmp_path, 13).parent.name == "15"
    assert postgres.newest(tmp_path, 16) is None


def test_the_files_of_a_schema_are_its_base_and_the_updates_up_to_it():
    names = [path.name for path in ocs_schema.files(7041)]
    assert names == ["ocsbase_new.sql", "7040.sql", "7041.sql"]
    assert [path.name for path in ocs_schema.files(7028)] == ["ocsbase_new.sql"]


@pytest.mark.parametrize("version", [7027, 7029, 7038, 7070])
def test_a_schema_without_recipe_is_a_failure(version):
    with pytest.raises(ocs_schema.Failure, match=str(version)):
        ocs_schema.files(version)


def test_sibling_addons_are_no_part_of_the_template(tmp_path):
    for name, depends in (("a", ["connector"]), ("a_b", ["a", "stock"])):
        (tmp_path / name).mkdir()
        manifest = tmp_path / name / "__manifest__.py"
        manifest.write_text(f"# comment\n{{'name': 'x', 'depends': {depends}}}\n")
    found = template.dependencies([tmp_path / "a", tmp_path / "a_b"])
    assert found == {*template.ALWAYS, "connector", "stock"}


def test_the_second_of_two_commands_waits_and_says_for_whom(folder, monkeypatch):
    monkeypatch.delenv(lock.HELD, raising=False)
    code = (
        "from pathlib import Path; from dev import lock, paths;"
        f"paths.DEV = Path({str(folder)!r});"
        "lock.exclusive('second').__enter__(); print('in')"
    )
    root = Path(__file__).parents[2]
    with lock.exclusive("first"):
        # Without what tells a child that its parent holds the lock.
        monkeypatch.delenv(lock.HELD)
        second = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "`first`" in second.stderr.readline()
        assert second.poll() is None
        monkeypatch.setenv(lock.HELD, str(folder))
    assert second.communicate(timeout=10)[0] == "in\n"
