# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.monitors import are_different


class OcsMonitorLinker(Component):
    """Linker of a monitor to an existing asset.

    Such an asset was created manually or imported by another backend, which may even
    read the same OCS.
    """

    _name = "ocs.monitor.linker"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.linker"

    def find(self, computer, key, monitor, owner):
        """Find the asset of a monitor without binding.

        :param computer: binding of the computer that reports it
        :param key: external ID
        :param monitor: description, see ``lib/monitors.py``
        :param owner: maintenance.equipment that has the serial number, or None
        :return: maintenance.equipment, may be empty; and why it is the monitor
        """
        if owner and self._is_free(owner, monitor):
            reason = self.env._(
                "Matched an existing asset by the serial number “%s”.",
                monitor["serial"],
            )
            return owner, reason
        asset = self._find_reported(computer, key, monitor)
        reason = self.env._(
            "Matched the monitor of the same computer in %s.",
            asset.ocs_monitor_bind_ids.backend_id[:1].name,
        )
        return asset, reason

    def _is_free(self, asset, monitor):
        """Return whether an asset may be linked to a monitor with its serial number."""
        asset = asset.with_context(active_test=False)
        return (
            asset.active
            and asset.category_id != self.backend_record.computer_category_id
            and not (asset.ocs_bind_ids or asset.monitor_ids)
            and self._is_candidate(asset, monitor)
        )

    def _is_candidate(self, asset, monitor):
        """Return whether only other backends have the asset, as the same monitor."""
        bindings = asset.ocs_monitor_bind_ids
        company = asset.company_id
        return (
            (not company or company == self.backend_record.company_id)
            and self.backend_record not in bindings.backend_id
            and not any(
                are_different(monitor, each._description_in_ocs()) for each in bindings
            )
        )

    def _find_reported(self, computer, key, monitor):
        """Find the monitor that another backend has on the same computer."""
        asset = computer.odoo_id.with_context(active_test=False)
        if len(asset.ocs_bind_ids) < 2:
            return asset.browse()
        place = self._without_computer(key, monitor["serial"])
        reported = asset.monitor_ids.ocs_monitor_bind_ids.filtered(
            lambda each: (
                self._without_computer(each.external_id, each.ocs_serial) == place
                and self._is_candidate(each.odoo_id, monitor)
            )
        )
        return reported.sorted("id").odoo_id[:1]

    def _without_computer(self, key, serial):
        """Return an external ID without the ID of the computer, if it has one."""
        return key if key == plain_serial(serial) else key.partition("/")[2]
