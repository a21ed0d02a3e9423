# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.components.mapper import changed_by, mapping

from ..lib.graphics import graphics_summary
from ..lib.identifiers import is_blacklisted_device_id
from ..lib.memory import memory_summary
from ..lib.placeholders import without_placeholder
from ..lib.values import (
    OVERFLOW,
    REPLACEMENT,
    local_to_utc,
    positive_int,
    processor_number,
)

#: Fields for which firmware has placeholders. Models are kept: "Laptop" and "Virtual
#: Machine" are names of products.
PLACEHOLDER_FIELDS = frozenset(
    ("asset_tag", "bios_manufacturer", "board_manufacturer", "manufacturer")
)


class OcsComputerMapper(Component):
    """Mapper from the nested dict of a computer to values of its binding.

    The record is what ``ocs.computer.adapter`` reads, with its hardware.ID
    under "external_id". A mapping marked ``changed_by`` a table is skipped if that
    section is not imported, and so is a column that OCS lacks: the values imported
    before are kept.
    """

    _name = "ocs.computer.mapper"
    _inherit = "ocs.import.mapper"
    _apply_on = "ocs.computer.binding"

    @mapping
    def name(self, record):
        """Map hardware.NAME, or another identifier if it is empty."""
        hardware = record["hardware"]
        device_id = hardware["DEVICEID"]
        if is_blacklisted_device_id(device_id):
            device_id = ""
        fallback = self.env._("OCS computer %s", record["external_id"])
        return {"name": hardware["NAME"] or device_id or fallback}

    @mapping
    def origin(self, record):
        """Map hardware.DEVICEID, USERID and LASTDATE (to UTC)."""
        hardware = record["hardware"]
        known = self.options.last_inventory
        last_inventory = local_to_utc(
            hardware["LASTDATE"], self.backend_record.tz, known
        )
        return {
            "device_id": hardware["DEVICEID"] or False,
            "ocs_user": hardware["USERID"] or False,
            "last_inventory": last_inventory or False,
        }

    @changed_by("accountinfo")
    @mapping
    def tag(self, record):
        """Map accountinfo.TAG."""
        return self._texts(record["accountinfo"], ocs_tag="TAG")

    @changed_by("bios")
    @mapping
    def product(self, record):
        """Map bios.SMANUFACTURER, SMODEL, TYPE, SSN and MSN (of the board).

        The importer decides whether the asset gets the serial number.
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
        """Map bios.BMANUFACTURER, BVERSION and BDATE (in the manufacturer's format)."""
        return self._texts(
            record["bios"],
            bios_manufacturer="BMANUFACTURER",
            bios_version="BVERSION",
            bios_date="BDATE",
        )

    @changed_by("bios")
    @mapping
    def board(self, record):
        """Map bios.MMANUFACTURER, MMODEL and ASSETTAG."""
        return self._texts(
            record["bios"],
            board_manufacturer="MMANUFACTURER",
            board_model="MMODEL",
            asset_tag="ASSETTAG",
        )

    @mapping
    def processor(self, record):
        """Map hardware.PROCESSORT, PROCESSORS (MHz) and PROCESSORN."""
        hardware = record["hardware"]
        return {
            "processor": hardware["PROCESSORT"] or False,
            "processor_mhz": positive_int(hardware["PROCESSORS"]),
            "processor_count": processor_number(hardware["PROCESSORN"]),
        }

    @mapping
    def memory(self, record):
        """Map hardware.MEMORY (MB)."""
        return {"memory_mb": positive_int(record["hardware"]["MEMORY"])}

    @changed_by("memories")
    @mapping
    def memory_modules(self, record):
        """Map the modules of memories."""
        modules = memory_summary(record["memories"])
        return {"memory_modules": modules or False}

    @changed_by("videos")
    @mapping
    def graphics(self, record):
        """Map the names of videos."""
        return {"graphics": graphics_summary(record["videos"]) or False}

    @mapping
    def operating_system(self, record):
        """Map hardware.OSNAME, OSVERSION and OSCOMMENTS (service pack, build)."""
        hardware = record["hardware"]
        return {
            "os_name": hardware["OSNAME"] or False,
            "os_version": hardware["OSVERSION"] or False,
            "os_comments": hardware["OSCOMMENTS"] or False,
        }

    @mapping
    def network(self, record):
        """Map hardware.UUID, WORKGROUP and IPADDR."""
        hardware = record["hardware"]
        return {
            "hardware_uuid": hardware["UUID"] or False,
            "domain_name": hardware["WORKGROUP"] or False,
            "ip_address": hardware["IPADDR"] or False,
        }

    @changed_by("networks")
    @mapping
    def mac_addresses(self, record):
        """Map the MAC addresses of networks."""
        macs = self.backend_record._blacklist().mac_set(record["networks"])
        return {"mac_addresses": macs or False}

    @mapping
    def category_id(self, record):
        return {"category_id": self.backend_record.computer_category_id.id}

    def problems(self, record):
        """Return sentences for the technician: what is not imported as OCS has it."""
        modules, sentences = record.get("memories", ()), []
        if any(row["CAPACITY"] >= OVERFLOW for row in modules):
            sentences.append(
                self.env._(
                    "The OCS agent reported a memory module of %s MB, which is not a "
                    "possible size. The module was skipped.",
                    OVERFLOW,
                )
            )
        tables = [table for table in record if self._is_damaged(record[table])]
        if tables:
            sentences.append(
                self.env._(
                    "OCS holds invalid characters in the text of this computer. They "
                    "were replaced with “%(replacement)s”. (%(tables)s)",
                    replacement=REPLACEMENT,
                    tables=", ".join(sorted(tables)),
                )
            )
        return sentences

    def _is_damaged(self, rows):
        rows = rows if isinstance(rows, list) else [rows]
        return any(
            isinstance(value, str) and REPLACEMENT in value
            for row in rows
            if isinstance(row, dict)
            for value in row.values()
        )

    def _texts(self, row, **columns):
        """Return the values of the text columns that OCS has.

        :param columns: column of OCS for each field
        """
        return {
            field: self._text(field, row[column])
            for field, column in columns.items()
            if column in row
        }

    def _text(self, field, text):
        is_checked = field in PLACEHOLDER_FIELDS
        return (without_placeholder(text) if is_checked else text) or False
