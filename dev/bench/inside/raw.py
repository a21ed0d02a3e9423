"""The limits: the ORM and the databases without the logic of the connector."""

from itertools import pairwise
from operator import add
from time import perf_counter

import pymysql

from odoo.addons.connector_ocs.components.scan_fingerprint_detector import SCAN_BATCH

BATCH = 500
_MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}
_LINES = {"one2many", "many2many", "properties", "properties_definition"}
_QUIET = {
    "lang": None,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
}


def create_again(env, backend, ids):
    """Create the records of imported computers again in batches, and roll back.

    Their values are read before, which is not measured.

    :param ids: of computers in OCS
    :return: number of computers, the seconds it took, and the seconds of computers,
        monitors and components
    """
    computers = env["ocs.computer.binding"].with_context(active_test=False)
    domain = [("backend_id", "=", backend.id), ("external_id", "in", ids)]
    bindings = computers.search(domain)
    batches = [
        _values(bindings[start : start + BATCH])
        for start in range(0, len(bindings), BATCH)
    ]
    env.cr.commit()
    parts = [0, 0, 0]
    for batch in batches:
        parts = list(map(add, parts, _create(env, *batch)))
        env.invalidate_all()
    env.cr.rollback()
    env.invalidate_all(flush=False)
    return len(bindings), sum(parts), parts


def _values(bindings):
    """Return the values of computers, and of the monitors and components of each."""
    computers = [_copied(each, "odoo_id") for each in bindings]
    for values in computers:
        values["external_id"] += 1_000_000_000
    monitors = [
        [
            _copied(monitor.ocs_monitor_bind_ids[0], "odoo_id", "computer_id")
            for monitor in each.odoo_id.monitor_ids
            if monitor.ocs_monitor_bind_ids
        ]
        for each in bindings
    ]
    for values in sum(monitors, []):
        values["external_id"] = f"again {values['external_id']}"
    components = [
        [_copied(part, "equipment_id") for part in each.component_ids]
        for each in bindings
    ]
    bindings.env.invalidate_all()
    return computers, monitors, components


def _copied(record, *without):
    """Return the stored values of a record, with another serial number."""
    values = {}
    for name, field in record._fields.items():
        if name in without or not _is_given(field):
            continue
        value = record[name]
        if value or field.type == "boolean":
            values[name] = value.id if field.type == "many2one" else value
    if "serial_no" in values:
        values["serial_no"] = f"again {values['serial_no']}"
    return values


def _is_given(field):
    """Return whether the field is set by ``create`` and not computed."""
    if field.name in _MAGIC or field.type in _LINES:
        return False
    stored = field.related_field if field.inherited else field
    computed = stored.related or (stored.compute and stored.readonly)
    return bool(stored.store and not computed)


def _create(env, computers, monitors, components):
    """Create a batch, and return the seconds of each of the three models."""
    env = env(context={**env.context, **_QUIET})
    start = perf_counter()
    created = env["ocs.computer.binding"].create(computers)
    env.flush_all()
    assets = created.odoo_id.ids
    after_computers = perf_counter()
    env["ocs.monitor.binding"].create(_of(assets, monitors, "computer_id"))
    env.flush_all()
    after_monitors = perf_counter()
    env["maintenance.equipment.component"].create(
        _of(assets, components, "equipment_id")
    )
    env.flush_all()
    moments = [start, after_computers, after_monitors, perf_counter()]
    return [after - before for before, after in pairwise(moments)]


def _of(assets, values_of_each, field):
    """Return the values of records with a reference to their assets."""
    return [
        {**values, field: asset}
        for asset, found in zip(assets, values_of_each, strict=True)
        for values in found
    ]


class Ocs:
    """A plain connection to OCS.

    :param connection: to OCS, as values of ocs.backend
    :param sections: to read, as of ``backend.sections``
    """

    def __init__(self, connection, sections):
        self.sections = sections
        self.connection = pymysql.connect(**connection, autocommit=True)

    def read(self, ids):
        """Fetch all rows of computers in batches, and return the seconds it took."""
        start = perf_counter()
        with self.connection.cursor() as cursor:
            for batch in _batches(ids):
                for section in self.sections:
                    columns = ", ".join((section.key, *section.columns))
                    where = f"{section.key} IN %s"
                    query = f"SELECT {columns} FROM {section.ocs_table} WHERE {where}"
                    cursor.execute(query, (batch,))
                    cursor.fetchall()
        return perf_counter() - start

    def fingerprint(self, ids):
        """Fetch all fingerprints by scan batches, and return the seconds it took."""
        start = perf_counter()
        with self.connection.cursor() as cursor:
            cursor.execute("SET SESSION group_concat_max_len = 4294967295")
            for batch in _batches(ids, SCAN_BATCH):
                for section in self.sections:
                    where = f"{section.key} BETWEEN %s AND %s"
                    query = section.digests_query(where)
                    cursor.execute(query, (batch[0], batch[-1]))
                    cursor.fetchall()
        return perf_counter() - start


def _batches(ids, size=BATCH):
    return (ids[start : start + size] for start in range(0, len(ids), size))
