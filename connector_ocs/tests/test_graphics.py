# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.graphics import graphics_summary


@tagged("post_install", "-at_install")
class TestGraphics(BaseCase):
    """Graphics adapters are joined in the order of OCS."""

    def test_summary(self):
        table = (
            (["Intel UHD 620", "NVIDIA T1000"], "Intel UHD 620, NVIDIA T1000"),
            (["NVIDIA T1000", "Intel UHD 620"], "NVIDIA T1000, Intel UHD 620"),
            (["NVIDIA T1000", "NVIDIA T1000"], "NVIDIA T1000, NVIDIA T1000"),
            (["", "Intel UHD 620", None], "Intel UHD 620"),
            (["", None], ""),
            ([], ""),
        )
        for names, expected in table:
            with self.subTest(names=names):
                videos = [{"NAME": name} for name in names]
                self.assertEqual(graphics_summary(videos), expected)
