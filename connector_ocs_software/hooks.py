# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tools import SQL


def uninstall_hook(env):
    """Remove the digests of the software, whose rows are deleted with the addon.

    Otherwise the first import after a new installation would find no changes.
    """
    env["ocs.computer.binding"].flush_model(["digests"])
    env.cr.execute(
        SQL(
            "UPDATE ocs_computer_binding SET digests = digests - 'software'"
            " WHERE digests ? 'software'"
        )
    )
    env["ocs.computer.binding"].invalidate_model(["digests"])
