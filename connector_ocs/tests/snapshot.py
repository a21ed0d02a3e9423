# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Snapshot of what imports wrote, to compare the results of different imports."""

import re

#: {table: columns that hold the ID of an asset}
TABLES = {
    "maintenance_equipment": ("computer_id",),
    "ocs_computer_binding": ("odoo_id",),
    "ocs_monitor_binding": ("odoo_id",),
    "maintenance_equipment_component": ("equipment_id",),
    "maintenance_equipment_connection": ("monitor_id", "computer_id"),
    "ocs_import_issue": ("linked_id",),
    "mail_message": ("res_id",),
    "mail_activity": ("res_id",),
}
#: Columns that differ between two imports of the same data: IDs, times and runs.
VOLATILE = {
    "id",
    "create_date",
    "write_date",
    "create_uid",
    "write_uid",
    "sync_date",
    "matched_on",
    "date",
    "message_id",
    "run_id",
}


def separate_asset_ids(env):
    """Start the IDs of assets far from those of OCS."""
    env.cr.execute("SELECT setval('maintenance_equipment_id_seq', 1000000)")


def snapshot(env):
    """Return everything that imports wrote, without IDs of Odoo and write times.

    :return: dict {table: sorted list of rows as text}
    """
    env.flush_all()
    names = _names(env)
    return {
        table: sorted(
            repr(sorted(_plain(row, columns, names).items()))
            for row in _rows(env, table)
        )
        for table, columns in TABLES.items()
    }


def _rows(env, table):
    where = {
        "mail_message": "WHERE model = 'maintenance.equipment'",
        "mail_activity": "WHERE res_model = 'maintenance.equipment'",
    }
    env.cr.execute(f"SELECT * FROM {table} {where.get(table, '')}")
    return env.cr.dictfetchall()


def _names(env):
    """Return {ID of an asset: its model and ID in OCS}."""
    env.cr.execute(
        "SELECT odoo_id, 'computer ' || external_id FROM ocs_computer_binding UNION ALL"
        " SELECT odoo_id, 'monitor ' || external_id FROM ocs_monitor_binding"
    )
    return dict(env.cr.fetchall())


def _plain(row, columns, names):
    plain = {name: row[name] for name in row if name not in VOLATILE}
    plain.pop("binding_id", None)
    for name in columns:
        plain[name] = names.get(row[name], row[name])
    return {name: _without_ids(value, names) for name, value in plain.items()}


def _without_ids(value, names):
    """Replace the ID of each asset that a text mentions by the name of the asset."""
    if not isinstance(value, str):
        return value
    return re.sub(
        r"(?i)\bid (\d+)", lambda found: str(names.get(int(found[1]), found[0])), value
    )
