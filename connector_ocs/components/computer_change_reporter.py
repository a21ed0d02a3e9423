# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from operator import attrgetter

from markupsafe import Markup

from odoo.tools import groupby

from odoo.addons.component.core import Component

from ..lib import changes
from ..lib.hardware import sort_addresses

#: Maximum number of lines for one subject in a message.
MAX_LINES = 20

#: Addresses that every machine has, or that do not show where it is.
_LOCAL = ("127.", "::1", "fe80:")


class OcsChangeReporter(Component):
    """Reporter of the changes that an import made to an asset, in one message."""

    _name = "ocs.change.reporter"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "change.reporter"

    def snapshot(self, binding, linked=None):
        """Return the current state of an asset, for a later comparison.

        :param binding: binding of a computer, or an empty recordset
        :param linked: maintenance.equipment that is about to be linked, or None
        :return: dict, see :mod:`odoo.addons.connector_ocs.lib.changes`; without
            hardware before the first import, None for a new asset
        """
        asset = binding.odoo_id or linked
        if not asset:
            return None
        filled = {"filled": asset._ocs_filled_values()}
        parts = self._parts(binding.odoo_id)
        if not parts and not binding.digests:  # linked by a user, or upgraded
            return filled
        return {**self._snapshot(binding, parts), **filled}

    def items(self, asset):
        """Return the disks, volumes, network interfaces and monitors of an asset.

        :param asset: maintenance.equipment
        :return: dict {subject: list of :class:`.changes.Item`}
        """
        return self._items(asset, self._parts(asset))

    def _snapshot(self, binding, parts):
        return {
            "texts": self._texts(binding),
            "items": self._items(binding.odoo_id, parts),
            "memory_mb": binding.odoo_id.memory_mb,
            "modules_mb": sum(part.size_mb for part in parts.get("memory", ())),
            "addresses": self._addresses(binding, parts.get("network")),
            "ocs_serial": binding.ocs_serial,
            "known": set(binding.digests or ()),
        }

    def report(self, binding, before, obsolete=()):
        """Post a message on the asset, and schedule an activity if configured.

        :param binding: binding of a computer, after its import
        :param before: snapshot of it before the import, None for a new one
        :param obsolete: collection of components that are about to be deleted
        """
        if before is None:
            return
        found = self._compare(binding, before, obsolete)
        logged = [change for change in found if self._is_logged(change)]
        emptied = binding.odoo_id._ocs_emptied_lines(before["filled"])
        if logged or emptied:
            lead = self.env._("OCS reports changes:")
            body = Markup("<p>%s</p>%s") % (lead, self._lines(logged, emptied))
            binding.odoo_id._ocs_log(body)
        codes = self.backend_record._alert_codes()
        alerts = [change for change in found if change.alert in codes]
        if alerts:
            binding.odoo_id._ocs_alert(self.backend_record, self._lines(alerts))

    def _compare(self, binding, before, obsolete):
        """Return the changes of the hardware, see :func:`.changes.compare`."""
        if "texts" not in before:
            return []
        after = self._snapshot(binding, self._parts(binding.odoo_id, obsolete))
        return [
            self._with_reported_serial(change, before, after)
            if change.subject == "serial"
            else change
            for change in changes.compare(before, after)
        ]

    def _with_reported_serial(self, change, before, after):
        """Return a change of the serial number with what OCS reports.

        The asset may have lost or got its number although OCS reports the same.
        """
        reported = after["ocs_serial"]
        if reported == before["ocs_serial"]:
            change = change._replace(alert="")
        if change.new or not reported:
            return change
        text = self.env._(
            "not used (OCS reports “%s”, which does not identify this asset alone)",
            reported,
        )
        return change._replace(new=text)

    def _is_logged(self, change):
        return change.subject != "addresses" or self.backend_record.log_addresses

    # Snapshot

    def _parts(self, asset, obsolete=()):
        """Return the components by kind, without removable and virtual ones."""
        components = asset.component_ids.filtered(
            lambda part: not (part in obsolete or part.is_removable or part.is_virtual)
        )
        # new ones come last in the cache
        return components.sorted(lambda part: (part.sequence, part.id)).grouped("kind")

    def _texts(self, binding):
        asset = binding.odoo_id  # read at once, not field by field through the binding
        count = asset.processor_count
        processor = asset.processor or ""
        return {
            "name": asset.name,
            "serial": asset.serial_no or "",
            "processor": f"{count}x {processor}" if count > 1 else processor,
            "memory": asset.memory_modules or "",
            "graphics": asset.graphics or "",
            "system": self._joined(asset.os_name, asset.os_version),
            "bios": self._joined(asset.bios_manufacturer, asset.bios_version),
            "domain": asset.domain_name or "",
            "tag": binding.ocs_tag or "",
        }

    def _items(self, asset, parts):
        none = self.env["maintenance.equipment.component"]
        return {
            "disk": [self._disk(part) for part in parts.get("disk", none)],
            "volume": [self._volume(part) for part in parts.get("volume", none)],
            "network": [self._interface(part) for part in parts.get("network", none)],
            "monitor": [self._monitor(each) for each in self._monitors(asset)],
        }

    def _disk(self, part):
        label = part.model or part.name or self.env._("Disk")
        identity = part.serial_number or (part.model, part.size_mb)
        details = (part.size, part.serial_number)
        return changes.Item(identity, self._labelled(label, *details), part.size_mb)

    def _volume(self, part):
        label = self._labelled(part.name or part.description, part.size)
        return changes.Item(part.name or part.description, label, part.size_mb)

    def _interface(self, part):
        mac = part.mac_address
        label = part.name if part.name == mac else self._labelled(part.name, mac)
        return changes.Item(mac or part.name, label)

    def _monitor(self, monitor):
        label = self._labelled(monitor.name, monitor.serial_no)
        return changes.Item(monitor.id, label)

    def _monitors(self, asset):
        # including archived monitors and those of an archived asset
        return asset.with_context(active_test=False).monitor_ids.sorted("id")

    def _addresses(self, binding, interfaces):
        if interfaces:
            texts = ", ".join(filter(None, interfaces.mapped("ip_addresses")))
        else:
            texts = binding.odoo_id.ip_address or ""
        addresses = sort_addresses(map(str.strip, texts.split(",")))
        return [each for each in addresses if not each.lower().startswith(_LOCAL)]

    def _labelled(self, label, *details):
        details = ", ".join(filter(None, details))
        return f"{label} ({details})" if details else label or ""

    def _joined(self, *texts):
        return " ".join(filter(None, texts))

    # Message

    def _lines(self, found, others=()):
        """Return the changes as an HTML list, with the values of OCS escaped.

        :param others: Markup of more lines
        """
        labels, lines = self.labels(), []
        for subject, same in groupby(found, attrgetter("subject")):
            texts = [self._line(change) for change in same[:MAX_LINES]]
            lines += [Markup("<li>%s: %s</li>") % (labels[subject], t) for t in texts]
            left = len(same) - MAX_LINES
            if left > 0:
                more = self.env._("%(number)s more", number=left)
                lines.append(Markup("<li>%s: %s</li>") % (labels[subject], more))
        return Markup("<ul>%s</ul>") % Markup("").join([*lines, *others])

    def _line(self, change):
        if change.subject.endswith(("_added", "_removed")):
            return change.new or change.old
        none = self.env._("none")
        return f"{change.old or none} → {change.new or none}"

    def labels(self):
        """Return the labels of the subjects of changes: dict {subject: text}."""
        return {
            "name": self.env._("Name"),
            "serial": self.env._("Serial number"),
            "processor": self.env._("Processor"),
            "memory": self.env._("Memory"),
            "graphics": self.env._("Graphics"),
            "system": self.env._("Operating system"),
            "bios": self.env._("BIOS"),
            "domain": self.env._("Domain or workgroup"),
            "tag": self.env._("TAG"),
            "addresses": self.env._("IP addresses"),
            "disk": self.env._("Disk"),
            "disk_added": self.env._("Disk added"),
            "disk_removed": self.env._("Disk removed"),
            "volume": self.env._("Volume"),
            "volume_added": self.env._("Volume added"),
            "volume_removed": self.env._("Volume removed"),
            "network": self.env._("Network interface"),
            "network_added": self.env._("Network interface added"),
            "network_removed": self.env._("Network interface removed"),
            "monitor": self.env._("Monitor"),
            "monitor_added": self.env._("Monitor plugged in"),
            "monitor_removed": self.env._("Monitor unplugged"),
        }
