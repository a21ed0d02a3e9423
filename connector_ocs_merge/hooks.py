# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).


def uninstall_hook(env):
    """Have the next run check the merged computers and monitors again.

    Nothing keeps them out of Odoo any longer. The merged assets stay archived.
    """
    aliases = env["ocs.asset.alias"].search([])
    aliases._request_merged(aliases.odoo_id)
    aliases.backend_id._request_imports("settings")
