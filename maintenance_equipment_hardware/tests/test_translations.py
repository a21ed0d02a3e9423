# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .translations import TranslationsCase


@tagged("post_install", "-at_install")
class TestTranslations(TranslationsCase):
    """Translation template of this addon."""
