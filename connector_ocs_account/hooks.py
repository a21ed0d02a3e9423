# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).


def uninstall_hook(env):
    """Make the next run compare every computer of the backends with mapped fields.

    Their fields get the values of the inventory again, where there are some.
    """
    env["ocs.account.field"].search([]).unlink()
