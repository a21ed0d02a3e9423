# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Backends of before: all sections are imported, and who made them is asked."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    backends = env["ocs.backend"].with_context(active_test=False).search([])
    sections = env["ocs.section"].search([])
    backends.section_ids = sections
    for backend in backends:
        backend.user_id = backend.create_uid
