# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.sizes import readable_size


@tagged("post_install", "-at_install")
class TestSize(BaseCase):
    """Sizes are shown in the largest unit that fits."""

    def test_readable_size(self):
        for megabytes, expected in (
            (0, ""),
            (False, ""),
            (512, "512 MB"),
            (1024, "1 GB"),
            (8192, "8 GB"),
            (243123, "237.4 GB"),
            (25000000, "23.8 TB"),
            (2147483646, "2 PB"),
        ):
            with self.subTest(megabytes=megabytes):
                self.assertEqual(readable_size(megabytes), expected)
