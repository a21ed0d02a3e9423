# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.components.mapper import changed_by, mapping

from ..lib import aggregation
from ..lib.identifiers import is_blacklisted_device_id
from ..lib.values import local_to_utc, positive_int


class OcsComputerMapper(Component):
    """Turns the nested dict of a computer into values of its binding.

    The record is what ``ocs.computer.adapter`` reads, with its hardware.ID
    under "external_id". A mapping that is marked ``changed_by`` a table is left out
    when that section is not imported, and a column that OCS lacks as well: what they
    gave before stays.
    """

    _name = "ocs.computer.mapper"
    _inherit = "ocs.import.mapper"
    _apply_on = "ocs.computer.binding"

    @mapping
    def name(self, record):
        """hardware.NAME; what else tells the computer from others without it."""
        hardware = record["hardware"]
        device_id = hardware["DEVICEID"]
        if is_blacklisted_device_id(device_id):
            device_id = ""
        fallback = self.env._("OCS computer %s", record["external_id"])
        return {"name": hardware["NAME"] or device_id or fallback}

    @mapping
    def origin(self, record):
        """hardware.DEVICEID, USERID and LASTDATE (in UTC)."""
        hardware = record["hardware"]
        last_inventory = local_to_utc(hardware["LASTDATE"], self.backend_record.tz)
        return {
            "device_id": hardware["DEVICEID"] or False,
            "ocs_user": hardware["USERID"] or False,
            "last_inventory": last_inventory or False,
        }

    @changed_by("accountinfo")
    @mapping
    def administrative(self, record):
        """accountinfo.TAG."""
        return self._texts(record["accountinfo"], ocs_tag="TAG")

    @changed_by("bios")
    @mapping
    def product(self, record):
        """bios.SMANUFACTURER, SMODEL, TYPE, SSN and MSN (of the board).

        The importer decides whether the serial number is fit for the asset.
        """
        return self._texts(
            record["bios"],
            manufacturer="SMANUFACTURER",
            model="SMODEL",
            chassis_type="TYPE",
            ocs_serial="SSN",
            board_serial="MSN",
        )

    @changed_by("bios")
    @mapping
    def bios(self, record):
        """bios.BMANUFACTURER, BVERSION and BDATE (as the maker writes it)."""
        return self._texts(
            record["bios"],
            bios_manufacturer="BMANUFACTURER",
            bios_version="BVERSION",
            bios_date="BDATE",
        )

    @changed_by("bios")
    @mapping
    def board(self, record):
        """bios.MMANUFACTURER, MMODEL and ASSETTAG."""
        return self._texts(
            record["bios"],
            board_manufacturer="MMANUFACTURER",
            board_model="MMODEL",
            asset_tag="ASSETTAG",
        )

    @mapping
    def processor(self, record):
        """hardware.PROCESSORT, PROCESSORS (MHz) and PROCESSORN."""
        hardware = record["hardware"]
        return {
            "processor": hardware["PROCESSORT"] or False,
            "processor_mhz": positive_int(hardware["PROCESSORS"]),
            "processor_count": positive_int(hardware["PROCESSORN"]),
        }

    @mapping
    def memory(self, record):
        """hardware.MEMORY (MB)."""
        return {"memory_mb": positive_int(record["hardware"]["MEMORY"])}

    @changed_by("memories")
    @mapping
    def memory_modules(self, record):
        """The modules of memories."""
        modules = aggregation.memory_summary(record["memories"])
        return {"memory_modules": modules or False}

    @changed_by("videos")
    @mapping
    def graphics(self, record):
        """The names of videos."""
        return {"graphics": aggregation.graphics_summary(record["videos"]) or False}

    @mapping
    def operating_system(self, record):
        """hardware.OSNAME, OSVERSION and OSCOMMENTS (service pack, build)."""
        hardware = record["hardware"]
        return {
            "os_name": hardware["OSNAME"] or False,
            "os_version": hardware["OSVERSION"] or False,
            "os_comments": hardware["OSCOMMENTS"] or False,
        }

    @mapping
    def network(self, record):
        """hardware.UUID, WORKGROUP and IPADDR."""
        hardware = record["hardware"]
        return {
            "hardware_uuid": hardware["UUID"] or False,
            "domain_name": hardware["WORKGROUP"] or False,
            "ip_address": hardware["IPADDR"] or False,
        }

    @changed_by("networks")
    @mapping
    def mac_addresses(self, record):
        """The addresses of networks."""
        macs = self.backend_record._blacklist().mac_set(record["networks"])
        return {"mac_addresses": macs or False}

    @mapping
    def category_id(self, record):
        return {"category_id": self.backend_record.computer_category_id.id}

    def _texts(self, row, **columns):
        """Values of the text columns that OCS has.

        :param columns: column of OCS for each field
        """
        return {
            field: row[column] or False
            for field, column in columns.items()
            if column in row
        }
