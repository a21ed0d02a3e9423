# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tools import SQL


def migrate(cr, version):
    """Runs count computers, and not jobs: each job that is there imports one."""
    cr.execute(
        SQL(
            "UPDATE queue_job SET ocs_computer_count = 1"
            " WHERE model_name = 'ocs.computer.binding'"
            " AND method_name = 'import_record'"
            " AND COALESCE(ocs_computer_count, 0) = 0"
        )
    )
