# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.addons.connector_ocs.tests.common import OcsCase, ocs_computer


def ocs_software(name, version="", publisher="", date=""):
    """Return a row of software as the adapter reads it."""
    return {
        "NAME": name,
        "PUBLISHER": publisher,
        "VERSION": version,
        "INSTALLDATE": date,
    }


FIREFOX = ocs_software("Firefox", "125.0", "Mozilla", datetime(2026, 1, 15))
BASH = ocs_software("bash", "5.2.15-2+b2")


class SoftwareMixin:
    """Test mixin with a backend that imports software."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.section = cls.env.ref("connector_ocs_software.section_software")
        cls.backend.section_ids += cls.section

    def software(self, asset):
        """Return the software of an asset as a sorted list.

        :return: list of (name, publisher, version)
        """
        return sorted(
            (each.software_id.name, each.publisher, each.version)
            for each in asset.ocs_installation_ids
        )

    def title(self, name):
        return self.env["ocs.software"].search([("name", "=", name)])


class SoftwareCase(SoftwareMixin, OcsCase):
    """Test case whose OCS is the dictionary ``self.ocs``."""

    def import_software(self, external_id, *rows, force=False):
        """Import a computer with rows of software.

        :return: its asset
        """
        name = f"PC-{external_id}"
        computer = ocs_computer(
            hardware={"NAME": name, "DEVICEID": name, "UUID": ""}, software=[*rows]
        )
        return self.import_computer(external_id, computer, force=force).odoo_id
