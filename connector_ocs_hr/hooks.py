# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).


def post_init_hook(env):
    """Add the fields of HR to the ownership of the existing backends."""
    backends = env["ocs.backend"].with_context(active_test=False).search([])
    backends._complete_ownership()
