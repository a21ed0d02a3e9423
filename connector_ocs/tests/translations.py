# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Test of the translations of any addon of this repository."""

from odoo.addons.maintenance_equipment_hardware.tests.translations import (
    TranslationsCase,
)

__all__ = ["TranslationsCase"]
