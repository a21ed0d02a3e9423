# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tools import SQL


def uninstall_hook(env):
    """Forget that software was imported: its rows go with the addon.

    Else an addon that is installed again would find nothing changed.
    """
    env["ocs.computer.binding"].flush_model(["digests"])
    env.cr.execute(
        SQL(
            "UPDATE ocs_computer_binding SET digests = digests - 'software'"
            " WHERE digests ? 'software'"
        )
    )
    env["ocs.computer.binding"].invalidate_model(["digests"])
