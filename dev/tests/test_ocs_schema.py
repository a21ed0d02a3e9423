"""Tests of the schemas that the databases are built from."""

import pytest

from dev import ocs_schema
from dev.console import Failure

COLUMNS = "SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS"
PARTS = {"PRETTYVERSION", "MAJOR", "MINOR", "PATCH"}
INDEX = "SHOW INDEX FROM software WHERE Column_name = 'VERSION_ID' AND Seq_in_index = 3"


def columns(database, table):
    where = f" WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '{table}'"
    return {row["name"] for row in database.rows(COLUMNS + where)}


def test_every_update_changes_the_newest_schema(connect):
    database = connect(ocs_schema.NEWEST)
    assert columns(database, "software_version") >= PARTS
    assert {"CYCLES", "STATUS"} <= columns(database, "batteries")
    assert "LOCATION" not in columns(database, "batteries")
    assert "ID" in columns(database, "netmap")
    assert "INSTALLMETHOD" in columns(database, "software")
    (index,) = {row["Key_name"] for row in database.rows(INDEX)}
    assert index == "HARDWARE_ID_2"
    assert "text" in database.rows("SHOW COLUMNS FROM devices LIKE 'TVALUE'")[0]["Type"]


def test_older_schemas_stay_as_they_were(connect):
    database = connect(ocs_schema.NEWEST_FILE)
    assert not PARTS & columns(database, "software_version")
    assert "LOCATION" in columns(database, "batteries")


@pytest.mark.parametrize("version", [7000, 7029, 7038, 7082])
def test_unsupported_version(version):
    with pytest.raises(Failure, match="not supported"):
        ocs_schema.files(version)
