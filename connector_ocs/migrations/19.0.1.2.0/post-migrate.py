# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """More is imported than before: every computer is compared once more."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    backends = env["ocs.backend"].with_context(active_test=False).search([])
    add_matching_keys(backends)
    explain_bindings(env)
    backends._recheck()


def add_matching_keys(backends):
    """What computers are known by, as for a new backend."""
    for backend in backends.filtered(lambda each: not each.matching_key_ids):
        backend.matching_key_ids = backend._default_matching_keys()


def explain_bindings(env):
    """Nobody knows any more why these were linked."""
    for model in ("ocs.computer.binding", "ocs.monitor.binding"):
        bindings = env[model].with_context(active_test=False)
        unexplained = bindings.search([("match_reason", "=", False)])
        unexplained.write({"match_reason": "Imported before reasons were kept."})
