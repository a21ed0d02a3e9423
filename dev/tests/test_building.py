"""Tests of what is built, when it is rebuilt, and where it is stored."""

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


def test_digest_depends_on_boundaries_and_contents(tmp_path):
    file = tmp_path / "file"
    file.write_text("ab")
    assert paths.digest("ab", "c") != paths.digest("a", "bc")
    before = paths.digest(file)
    file.write_text("ac")
    assert paths.digest(file) != before


def test_stamp_of_interrupted_build_is_not_fresh(folder):
    stamp = paths.Stamp("thing", "key")
    stamp.write()
    assert paths.Stamp("thing", "key").fresh()
    assert not paths.Stamp("thing", "other key").fresh()
    stamp.clear()
    assert not stamp.fresh()


def test_path_of_socket_is_short_enough(folder, monkeypatch):
    assert paths.socket_folder("postgres") == folder / "postgres" / "run"
    monkeypatch.setattr(paths, "DEV", folder / ("deep" * 20))
    outside = paths.socket_folder("postgres")
    assert len(bytes(outside)) <= paths.SOCKET_FOLDER_LIMIT
    assert paths.socket_folder("postgres") == outside
    paths.remove()
    assert not outside.exists()


def test_uv_gets_the_settings_of_pip():
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
def test_only_libraries_are_dependencies(dependency, wanted, monkeypatch):
    monkeypatch.setattr(apt, "run", lambda _: f"libc6 (>= 2.34), {dependency}\n")
    assert (dependency in apt.libraries(["server.deb"])) is wanted


def test_extracted_packages_are_not_installed(monkeypatch):
    monkeypatch.setattr(apt, "run", lambda _: "libdbi-perl (>= 1), libapr1 | other\n")
    archives = ["/folder/server_1_all.deb", "/folder/libdbi-perl_1.6-1_amd64.deb"]
    assert apt.libraries(archives) == ["libapr1 | other"]


def test_make_test_excludes_end_to_end_tests():
    assert pytest_runs.other_folders() == ["dev"]
    assert set(pytest_runs.addon_folders()) == {a.name for a in paths.addons()}


def test_newest_postgresql_is_used(tmp_path):
    for version in ("9.6", "12", "13", "15"):
        program = tmp_path / f"usr/lib/postgresql/{version}/bin/initdb"
        program.parent.mkdir(parents=True)
        program.touch()
    assert postgres.newest(tmp_path, 13).parent.name == "15"
    assert postgres.newest(tmp_path, 16) is None


def test_schema_files_are_base_and_updates():
    names = [path.name for path in ocs_schema.files(7041)]
    assert names == ["ocsbase_new.sql", "7040.sql", "7041.sql"]
    assert [path.name for path in ocs_schema.files(7028)] == ["ocsbase_new.sql"]


@pytest.mark.parametrize("version", [7027, 7029, 7038, 7082])
def test_unsupported_schema_version(version):
    with pytest.raises(ocs_schema.Failure, match=str(version)):
        ocs_schema.files(version)


def test_template_excludes_our_addons(tmp_path):
    for name, depends in (("a", ["connector"]), ("a_b", ["a", "stock"])):
        (tmp_path / name).mkdir()
        manifest = tmp_path / name / "__manifest__.py"
        manifest.write_text(f"# comment\n{{'name': 'x', 'depends': {depends}}}\n")
    found = template.dependencies([tmp_path / "a", tmp_path / "a_b"])
    assert found == {*template.ALWAYS, "connector", "stock"}


def test_second_command_waits_and_names_the_first(folder, monkeypatch):
    monkeypatch.delenv(lock.HELD, raising=False)
    code = (
        "from pathlib import Path; from dev import lock, paths;"
        f"paths.DEV = Path({str(folder)!r});"
        "lock.exclusive('second').__enter__(); print('in')"
    )
    root = Path(__file__).parents[2]
    with lock.exclusive("first"):
        # The variable would tell a child process that its parent holds the lock.
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
