# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""All that imports wrote, to be compared with what other imports wrote."""

import re

#: Table and the columns that hold the id of an asset.
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
#: When something was done, and by which row it is told: never the same twice.
OF_THE_MOMENT = {
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


def start_far_away(env):
    """Let the ids of assets be no ids of OCS."""
    env.cr.execute("SELECT setval('maintenance_equipment_id_seq', 1000000)")


def snapshot(env):
    """Everything that imports wrote, without ids of Odoo and without times of writing.

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
    """:return: dict {id of an asset: what OCS calls it}"""
    env.cr.execute(
        "SELECT odoo_id, 'computer ' || external_id FROM ocs_computer_binding UNION ALL"
        " SELECT odoo_id, 'monitor ' || external_id FROM ocs_monitor_binding"
    )
    return dict(env.cr.fetchall())


def _plain(row, columns, names):
    plain = {name: row[name] for name in row if name not in OF_THE_MOMENT}
    plain.pop("binding_id", None)
    for name in columns:
        plain[name] = names.get(row[name], row[name])
    return {name: _without_ids(value, names) for name, value in plain.items()}


def _without_ids(value, names):
    """A text, with the name of each asset that it mentions by its id."""
    if not isinstance(value, str):
        return value
    return re.sub(
        r"\bid (\d+)", lambda found: str(names.get(int(found[1]), found[0])), value
    )
