"""The costs of the change log for OCS."""

from contextlib import contextmanager

from ... import mariadb, ocs_server
from ...console import Failure
from .. import place
from ..figures import Figure, Target, per_second

DATABASE = "ocs_bench_engine"
#: At most 5 % fewer inventories.
TARGET = Target(at_least=0.95)
SIDES = ("with", "without")
LABELS = {"server": "OCS's server", "sql": "its SQL alone"}


def triggers(context):
    """Compare inventories/s with and without the change log."""
    size = context.typical
    with _running_ocs() as url, place.database() as name:
        connection = {**context.connection(size), "database": DATABASE}
        admin = {**connection, "user": "root", "password": mariadb.password("root")}
        found = place.inside(
            name,
            "triggers",
            connection=connection,
            admin=admin,
            fleet=context.connection(size, "ocs"),
            url=url,
            samples=context.samples,
            lot=context.lot * 3,
        )
    return [
        Figure(
            f"triggers, {LABELS[kind]}",
            size,
            "inventories/s",
            *(per_second(*zip(*samples[key], strict=True)) for key in SIDES),
            "without them",
            target=TARGET if kind == "server" else None,
            notes={key: [count for count, _seconds in samples[key]] for key in SIDES},
        )
        for kind, samples in found.items()
    ]


@contextmanager
def _running_ocs():
    """Run OCS's own server on an empty database, and yield its address."""
    if ocs_server.service.pid():
        raise Failure("An OCS server is already running.", "Stop it with `make stop`.")
    ocs_server.ensure()
    ocs_server.build_database(DATABASE)
    ocs_server.start(DATABASE)
    try:
        yield ocs_server.address()
    finally:
        ocs_server.service.stop()
