# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_trust_reading


@tagged("post_install", "-at_install")
class TestTrustReadingTargets(test_trust_reading.TestTrustReading):
    """Users without a role in OCS read all fields of what rules set."""

    allow_inherited_tests_method = True
    extended = {
        "maintenance.equipment": ("base.group_user",),
        "maintenance.team": ("base.group_user",),
        "res.company": ("base.group_user", "base.group_erp_manager"),
        "res.users": ("base.group_user", "base.group_erp_manager"),
    }

    def record(self, model, user):
        if model == "res.users":
            return user
        self.env["maintenance.team"].create({"name": "Team"})
        return super().record(model, user)
