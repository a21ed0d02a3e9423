# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """More is imported than before: every computer is compared once more."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    backends = env["ocs.backend"].with_context(active_test=False).search([])
    backends._recheck()
    env["maintenance.equipment.connection"]._begin()
