# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.components.mapper import mapping, only_create

from ..lib import aggregation
from ..lib.values import local_to_utc, positive_int

#: All computers entered by hand in the OCS console share this DEVICEID.
MANUAL_DEVICE_ID = "MANUEL"


class OcsComputerMapper(Component):
    """Turns the nested dict of a computer into values of its binding.

    The record is what ``ocs.computer.adapter`` reads, with its hardware.ID
    under "external_id".
    """

    _name = "ocs.computer.mapper"
    _inherit = "ocs.import.mapper"
    _apply_on = "ocs.computer.binding"

    @mapping
    def name(self, record):
        """hardware.NAME; what else tells the computer from others without it."""
        hardware = record["hardware"]
        device_id = hardware["DEVICEID"]
        if device_id == MANUAL_DEVICE_ID:
            device_id = ""
        fallback = self.env._("OCS computer %s", record["external_id"])
        return {"name": hardware["NAME"] or device_id or fallback}

    @mapping
    def origin(self, record):
        """hardware.DEVICEID, USERID, LASTDATE (in UTC) and accountinfo.TAG."""
        hardware = record["hardware"]
        last_inventory = local_to_utc(hardware["LASTDATE"], self.backend_record.tz)
        return {
            "device_id": hardware["DEVICEID"] or False,
            "ocs_user": hardware["USERID"] or False,
            "ocs_tag": record["accountinfo"].get("TAG") or False,
            "last_inventory": last_inventory or False,
        }

    @mapping
    def product(self, record):
        """bios.SMANUFACTURER, SMODEL, TYPE and SSN.

        The importer decides whether the serial number is fit for the asset.
        """
        bios = record["bios"]
        return {
            "manufacturer": bios.get("SMANUFACTURER") or False,
            "model": bios.get("SMODEL") or False,
            "chassis_type": bios.get("TYPE") or False,
            "ocs_serial": bios.get("SSN") or False,
        }

    @mapping
    def bios(self, record):
        """bios.BMANUFACTURER, BVERSION and BDATE (as the maker writes it)."""
        bios = record["bios"]
        return {
            "bios_manufacturer": bios.get("BMANUFACTURER") or False,
            "bios_version": bios.get("BVERSION") or False,
            "bios_date": bios.get("BDATE") or False,
        }

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
        """hardware.MEMORY (MB) and the modules of memories."""
        return {
            "memory_mb": positive_int(record["hardware"]["MEMORY"]),
            "memory_modules": aggregation.memory_summary(record["memories"]) or False,
        }

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
        """hardware.UUID, WORKGROUP and IPADDR, and the addresses of networks."""
        hardware = record["hardware"]
        addresses = aggregation.mac_addresses(record["networks"])
        return {
            "hardware_uuid": hardware["UUID"] or False,
            "domain_name": hardware["WORKGROUP"] or False,
            "ip_address": hardware["IPADDR"] or False,
            "mac_addresses": ", ".join(addresses) or False,
        }

    @only_create
    @mapping
    def category_id(self, record):
        return {"category_id": self.backend_record.computer_category_id.id}
