"""Administrative data of the demo computers, entered in the console of OCS."""

from . import mariadb

DEPARTMENTS = ("Sales", "Accounting", "Development", "Workshop")
#: ID, NAME, COMMENT (the label), TYPE (2: a list, 14: a date) and the column's type.
FIELDS = (
    (3, "DEPARTMENT", "Department", 2, "VARCHAR(255)"),
    (4, "WARRANTY", "Warranty until", 14, "DATE"),
)
_COUNT = "SELECT COUNT(*) FROM accountinfo_config WHERE ID = 3"


def fill(database):
    """Add administrative fields, as the console does, and values for all computers.

    Do nothing if the database already has them.

    :param database: name of an OCS database
    """
    if mariadb.execute(_COUNT, database) == ["0"]:
        mariadb.execute(";\n".join(_statements()), database)


def _statements():
    for number, name, label, kind, sql_type in FIELDS:
        yield (
            "INSERT INTO accountinfo_config (ID, NAME, COMMENT, TYPE, ACCOUNT_TYPE,"
            f" SHOW_ORDER) VALUES ({number}, '{name}', '{label}', {kind},"
            f" 'COMPUTERS', {number})"
        )
        yield f"ALTER TABLE accountinfo ADD COLUMN fields_{number} {sql_type}"
    for number, department in enumerate(DEPARTMENTS, 1):
        yield (
            "INSERT INTO config (NAME, IVALUE, TVALUE)"
            f" VALUES ('ACCOUNT_VALUE_DEPARTMENT_{number}', {number}, '{department}')"
        )
    yield (
        f"UPDATE accountinfo SET fields_3 = 1 + HARDWARE_ID % {len(DEPARTMENTS)},"
        " fields_4 = '2027-01-01' + INTERVAL HARDWARE_ID % 700 DAY"
    )
