# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
from unittest import mock

from odoo.tests import new_test_user, tagged

from .tours import TourCase

ACTION = "/odoo/action-connector_ocs.ocs_import_issue_action"
UUID = "4C4C4544-0042-3510-8052-B4C04F564E31"


class NotImportedTourCase(TourCase):
    """Tours on computers that wait for a decision, or that have failed."""

    def setUp(self):
        super().setUp()
        self.insert_computer(1, "PC-1", UUID=UUID)
        self.insert_computer(2, "PC-2")
        self.insert_computer(3, "PC-3", ARCHIVE=1)
        self.one, self.other = self.env["maintenance.equipment"].create(
            [{"name": f"PC-1-{each}", "hardware_uuid": UUID} for each in "AB"]
        )
        self.import_all()
        self.assertEqual(self.issue(1).reason, "ambiguous")
        self.assertEqual(self.issue(3).reason, "archived")
        self.env["ocs.import.issue"]._record(
            self.backend, 4, "failed", name="PC-4", message="The reason."
        )

    def start_without_jobs(self, tour_name, **options):
        """Start a tour while no job runs."""
        with mock.patch.dict(os.environ):
            del os.environ["QUEUE_JOB__NO_DELAY"]
            self.start_tour(ACTION, tour_name, **options)


@tagged("post_install", "-at_install")
class TestNotImportedTours(NotImportedTourCase):
    """Browser tests of the computers that are not imported."""

    def test_decide(self):
        """The list is up to date before the import has run."""
        self.start_without_jobs("connector_ocs_decide")
        issue = self.issue(1)
        self.assertEqual((issue.status, issue.linked_id), ("queued", self.other))
        self.assertEqual(self.issue(4).status, "queued")

    def test_reader(self):
        new_test_user(
            self.env, "ocs_tour_reader", groups="connector_ocs.group_ocs_user"
        )
        self.start_tour(ACTION, "connector_ocs_reader", login="ocs_tour_reader")


@tagged("post_install", "-at_install")
class TestNotImportedOnPhone(NotImportedTourCase):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_decide(self):
        self.start_without_jobs("connector_ocs_decide_on_phone")
        self.assertEqual(self.issue(1).linked_id, self.other)
