# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Base classes of tours, which test the screens in a browser."""

import os
from unittest import mock

from odoo.tests import HttpCase

from .live import LiveMixin

#: Seconds that a tour may take on a busy machine.
TIMEOUT = 600


class TourMixin:
    """Mixin that runs tours as administrator."""

    def setUp(self):
        super().setUp()
        # there is no job runner in tests: run jobs when they are enqueued
        no_delay = mock.patch.dict(os.environ, {"QUEUE_JOB__NO_DELAY": "1"})
        no_delay.start()
        self.addCleanup(no_delay.stop)

    def start_tour(self, url_path, tour_name, **options):
        options = {"login": "admin", "timeout": TIMEOUT, **options}
        return super().start_tour(url_path, tour_name, **options)


class TourCase(TourMixin, LiveMixin, HttpCase):
    """Tours on a real OCS database."""
