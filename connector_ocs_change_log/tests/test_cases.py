# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

# modules, as their classes would run here once more
from odoo.addons.connector_ocs.tests import (
    test_cases,
    test_cases_monitors,
    test_cases_tables,
    test_cases_users,
)
from odoo.addons.connector_ocs.tests.scale import FULL

from .change_log import ChangeLogDetectionMixin


class OfChangeLog(ChangeLogDetectionMixin):
    """Mixin: the change log detects the changes since the first import."""

    allow_inherited_tests_method = True

    def _assert_complete(self, run):
        if self.backend.run_ids - run and not run.force:
            self.assertEqual(run.detection, "changelog")
        return super()._assert_complete(run)


@tagged("post_install", "-at_install")
class TestTablesInOtherWays(OfChangeLog, test_cases_tables.TestTablesInOtherWays):
    """All cases in chunks, in the opposite order, with the change log."""


if FULL:

    @tagged("post_install", "-at_install")
    class TestCasesOfChangeLog(OfChangeLog, test_cases.TestCases):
        """The same tests with the change log."""

    @tagged("post_install", "-at_install")
    class TestIdsOfChangeLog(OfChangeLog, test_cases.TestIds):
        """The same tests with the change log."""

    @tagged("post_install", "-at_install")
    class TestUsersOfChangeLog(OfChangeLog, test_cases_users.TestUsers):
        """The same tests with the change log."""

    @tagged("post_install", "-at_install")
    class TestMonitorCasesOfChangeLog(
        OfChangeLog, test_cases_monitors.TestMonitorCases
    ):
        """The same tests with the change log."""

    @tagged("post_install", "-at_install")
    class TestTablesOfChangeLog(OfChangeLog, test_cases_tables.TestTables):
        """The same tests with the change log."""
