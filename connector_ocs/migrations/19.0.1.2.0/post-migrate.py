# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """More is imported than before: every computer is compared once more."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    backends = env["ocs.backend"].with_context(active_test=False).search([])
    _choose_hardware(env, backends)
    backends._recheck()


def _choose_hardware(env, backends):
    """What is new to be imported is, unless the administrator says otherwise."""
    tables = ("cpus", "storages", "drives")
    sections = env["ocs.section"].search([("table_name", "in", tables)])
    for backend in backends:
        backend.section_ids |= sections
