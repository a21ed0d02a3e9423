"""``python -m dev.fleet load|change|clear``: manage the fleet of an OCS database."""

import argparse
from datetime import datetime
from pathlib import Path

import pymysql

from . import SEED, change, clear, generate, load
from .schema import database_version
from .session import fetch


def load_fleet(connection, options: argparse.Namespace) -> None:
    """Load a fleet, unless the database has computers."""
    with connection.cursor() as cursor:
        if fetch(cursor, "SELECT ID FROM hardware LIMIT 1"):
            print("The database already has computers: nothing was loaded.")
            return
        version = options.schema or database_version(cursor)
    fleet = generate(options.size, options.seed, datetime.now())
    print(load(connection, fleet, version), "entries loaded")


def apply_changes(connection, options: argparse.Namespace) -> None:
    """Apply the changes of a day."""
    print(*change.apply(connection, datetime.now()), sep="\n")


def empty(connection, options: argparse.Namespace) -> None:
    """Remove the fleet."""
    clear(connection)


ACTIONS = {"load": load_fleet, "change": apply_changes, "clear": empty}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dev.fleet", description=__doc__)
    parser.add_argument("action", choices=ACTIONS)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3306)
    parser.add_argument("--user", default="ocs")
    parser.add_argument("--password-file", type=Path, required=True)
    parser.add_argument("--database", default="ocsweb")
    parser.add_argument("--size", type=int, default=200, help="number of entries")
    parser.add_argument("--seed", default=SEED)
    parser.add_argument("--schema", type=int, help="default: that of the database")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    connection = pymysql.connect(
        host=options.host,
        port=options.port,
        user=options.user,
        password=options.password_file.read_text().strip(),
        database=options.database,
        charset="utf8mb4",
    )
    with connection:
        ACTIONS[options.action](connection, options)


if __name__ == "__main__":
    main()
