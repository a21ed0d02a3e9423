# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """More is imported than before: every computer is compared once more."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    backends = env["ocs.backend"].with_context(active_test=False).search([])
    _choose_hardware(env, backends)
    _add_matching_keys(backends)
    _explain_bindings(env)
    backends._complete_ownership()
    for binding in ("ocs_computer_binding", "ocs_monitor_binding"):
        _remember_what_was_written(cr, binding)
    _let_read(env)
    env["maintenance.equipment.connection"]._begin()
    backends._recheck()


def _let_read(env):
    """Reading has a rule of its own by now."""
    for kind in ("computer", "monitor"):
        rule = env.ref(
            f"connector_ocs.ocs_{kind}_binding_rule_company", raise_if_not_found=False
        )
        if rule:
            rule.perm_read = False


def _choose_hardware(env, backends):
    """What is new to be imported is, unless the administrator says otherwise."""
    tables = ("cpus", "storages", "drives")
    sections = env["ocs.section"].search([("table_name", "in", tables)])
    for backend in backends:
        backend.section_ids |= sections


def _remember_what_was_written(cr, table):
    """What assets have from OCS or from their backend is no edit of a person."""
    category = table.replace("ocs_", "").replace("binding", "category_id")
    cr.execute(
        SQL(
            """
            UPDATE %(table)s AS binding
               SET ocs_wrote = jsonb_strip_nulls(jsonb_build_object(
                       'serial_no', CASE
                           WHEN asset.serial_no = binding.ocs_serial
                           THEN asset.serial_no END,
                       'category_id', CASE
                           WHEN asset.category_id = backend.%(category)s
                           THEN asset.category_id END,
                       'company_id', CASE
                           WHEN asset.company_id = backend.company_id
                           THEN asset.company_id END
                   ))
              FROM maintenance_equipment AS asset, ocs_backend AS backend
             WHERE asset.id = binding.odoo_id
               AND backend.id = binding.backend_id
               AND binding.ocs_wrote IS NULL
            """,
            table=SQL.identifier(table),
            category=SQL.identifier(category),
        )
    )


def _add_matching_keys(backends):
    """What computers are known by, as for a new backend."""
    for backend in backends.filtered(lambda each: not each.matching_key_ids):
        backend.matching_key_ids = backend._default_matching_keys()


def _explain_bindings(env):
    """Nobody knows any more why these were linked."""
    for model in ("ocs.computer.binding", "ocs.monitor.binding"):
        bindings = env[model].with_context(active_test=False)
        unexplained = bindings.search([("match_reason", "=", False)])
        unexplained.write({"match_reason": "Imported before reasons were kept."})
