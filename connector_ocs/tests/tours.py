# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""The screens, in a browser."""

import os
from unittest import mock

from odoo.tests import HttpCase

from .live import LiveMixin

#: Seconds that a tour may take on a machine with much else to do.
PATIENCE = 600


class TourMixin:
    """Tours of an administrator."""

    def setUp(self):
        super().setUp()
        # no job runner listens in tests: jobs are done where they are enqueued
        no_delay = mock.patch.dict(os.environ, {"QUEUE_JOB__NO_DELAY": "1"})
        no_delay.start()
        self.addCleanup(no_delay.stop)

    def start_tour(self, url_path, tour_name, **options):
        options = {"login": "admin", "timeout": PATIENCE, **options}
        return super().start_tour(url_path, tour_name, **options)


class TourCase(TourMixin, LiveMixin, HttpCase):
    """Tours on a real OCS database."""
