# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from contextlib import contextmanager
from unittest import mock

from odoo.tests import tagged

from ..lib.client import OcsClient
from .runs import RunMixin
from .test_adapter import AdapterCase

TRANSACTIONS = frozenset({"START TRANSACTION WITH CONSISTENT SNAPSHOT", "ROLLBACK"})


class StatementsCase(RunMixin, AdapterCase):
    """Test case that counts what a run asks OCS when one computer has changed."""

    def setUp(self):
        super().setUp()
        for external_id in (1, 2, 3):
            self.insert_whole_computer(external_id)
        self.import_changed()
        self.sql("UPDATE bios SET SMODEL = 'Other' WHERE HARDWARE_ID = 1")

    @contextmanager
    def asked(self):
        """Yield a Counter of the statements that OCS gets, with their parameters."""
        found, query = Counter(), OcsClient.query

        def count(client, sql, parameters=()):
            found[sql, repr(parameters)] += sql not in TRANSACTIONS
            return query(client, sql, parameters)

        with mock.patch.object(OcsClient, "query", count):
            yield found

    def assert_once(self, found):
        self.assertEqual([each for each, number in found.items() if number > 1], [])


@tagged("post_install", "-at_install")
class TestStatements(StatementsCase):
    """What a run asks OCS, it asks once."""

    def test_one_changed_computer(self):
        with self.asked() as found:
            run = self.import_changed()
        self.assertEqual(run.job_count, 1)
        self.assert_once(found)

    def test_version_is_detected_once(self):
        with self.asked() as found:
            self.import_changed()
        times = [number for (sql, _), number in found.items() if "GUI_VERSION" in sql]
        self.assertEqual(times, [1])

    def test_upgrade_is_noticed(self):
        """Every run detects the version again."""
        self.sql("UPDATE config SET TVALUE = '7080' WHERE NAME = 'GUI_VERSION'")
        self.addCleanup(
            self.sql, "UPDATE config SET TVALUE = '7081' WHERE NAME = 'GUI_VERSION'"
        )
        self.import_changed()
        self.assertEqual(self.backend.schema_number, 7080)

    def test_only_a_user_wants_to_know(self):
        """A run does not ask what only the test of the connection shows."""
        with self.asked() as found:
            self.import_changed()
            in_run = set(found)
            self.backend.action_test_connection()
        shown = {sql for sql, _parameters in set(found) - in_run}
        self.assertGreater(len(shown), 1)
        self.assertIn("SHOW GRANTS", shown)
