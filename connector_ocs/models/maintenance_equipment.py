# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS

from ..lib.spellings import POSTGRESQL

#: Type of the messages that imports log in the chatter: no user wrote them.
IMPORT_MESSAGE_TYPE = "auto_comment"

#: Groups that can see the former computers of a monitor.
HISTORY_GROUPS = "connector_ocs.group_ocs_user,maintenance.group_equipment_manager"

#: Addon whose fields hold what an inventory reports.
HARDWARE = "maintenance_equipment_hardware"

#: Odoo's own fields that an import or a default value fills.
FILLED_BY_IMPORT = frozenset(
    (
        "name",
        "active",
        "assign_date",
        "category_id",
        "company_id",
        "effective_date",
        "model",
        "serial_no",
    )
)

#: A change of these fields triggers a new check of computers that need a decision.
IDENTITY_FIELDS = frozenset(
    ("active", "company_id", "serial_no", "board_serial", "hardware_uuid")
)


class MaintenanceEquipment(models.Model):
    """Equipment with the computers and monitors in OCS that it comes from."""

    _name = "maintenance.equipment"
    _inherit = [
        "maintenance.equipment.ownership",
        "maintenance.equipment.alert",
        "maintenance.equipment.kept.properties",
        "maintenance.equipment.emptied",
        "maintenance.equipment",
        "ocs.export.mixin",
    ]

    location = fields.Char(index="btree_not_null", tracking=True)
    connection_ids = fields.One2many(groups=HISTORY_GROUPS)
    monitor_connection_ids = fields.One2many(groups=HISTORY_GROUPS)
    ocs_bind_ids = fields.One2many(
        "ocs.computer.binding",
        "odoo_id",
        string="OCS Computers",
        readonly=True,
        # archived assets show their origin, too
        context={"active_test": False},
        groups="connector_ocs.group_ocs_user",
    )
    ocs_monitor_bind_ids = fields.One2many(
        "ocs.monitor.binding",
        "odoo_id",
        string="OCS Monitors",
        readonly=True,
        context={"active_test": False},
        groups="connector_ocs.group_ocs_user",
    )
    # searches compare the same expressions, see spelled_like
    _serial_spelling_idx = models.Index(f"({POSTGRESQL['serial_no'] % 'serial_no'})")
    _board_spelling_idx = models.Index(
        f"({POSTGRESQL['board_serial'] % 'board_serial'})"
    )
    _uuid_spelling_idx = models.Index(
        f"({POSTGRESQL['hardware_uuid'] % 'hardware_uuid'})"
    )
    _mac_addresses_idx = models.Index(
        f"USING gin (({POSTGRESQL['mac_addresses'] % 'mac_addresses'}))"
    )

    def write(self, vals):
        result = super().write(vals)
        if "serial_no" in vals and not self.env.context.get("ocs_import"):
            # sudo: whoever frees a serial number, conflicts are checked again; a run
            # checks itself which numbers imports have freed
            self.env["ocs.computer.binding"].sudo()._request_conflicting()
        if vals.get("active"):
            # sudo: whoever unarchives a monitor
            self.sudo().ocs_monitor_bind_ids._stay_active()
        if "company_id" in vals:
            self._ocs_approve_company()
        if IDENTITY_FIELDS.intersection(vals):
            self._ocs_request_ambiguous()
        return result

    def _ocs_approve_company(self):
        """Have imports update these assets in the company that they have now."""
        user = self.env["res.users"] if self.env.su else self.env.user
        # sudo: whoever moves an asset needs no access to its bindings
        assets = self.sudo()
        assets.ocs_bind_ids._approve_company(user)
        assets.ocs_monitor_bind_ids._approve_company(user)
        assets.ocs_bind_ids.issue_ids._request_company()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_import(self):
        """Prevent imports from deleting assets, whatever they find in OCS."""
        if self.env.context.get("ocs_import"):
            raise UserError(self.env._("An import from OCS cannot delete assets."))

    def unlink(self):
        self._ocs_request_ambiguous()
        # sudo: as in write; the next import of its computer recreates a monitor
        computers = self.sudo().computer_id.ocs_bind_ids
        result = super().unlink()
        computers.exists()._request_import("monitor_deleted")
        self.env["ocs.computer.binding"].sudo()._request_conflicting()
        return result

    def _ocs_is_untouched(self):
        """Return whether no user has done anything with this asset since its import."""
        self.ensure_one()
        # sudo: records that the user cannot see count, too
        asset = self.sudo()
        attachments = self.env["ir.attachment"].sudo()
        return asset.active and not (
            # the asset is older than its import: a user created it
            any(asset.ocs_bind_ids.mapped("is_linked"))
            or asset.message_ids.filtered(
                lambda note: note.message_type != IMPORT_MESSAGE_TYPE
            )
            or asset._ocs_user_activities()
            or asset.maintenance_ids
            or asset._ocs_user_filled_fields()
            or attachments.search_count(
                [("res_model", "=", self._name), ("res_id", "=", self.id)], limit=1
            )
        )

    def _ocs_user_filled_fields(self):
        """Return the names of the fields with values that no import wrote.

        Fields of other addons count, too: a value is kept unless it is known to come
        from OCS.
        """
        names = [name for name, field in self._fields.items() if self._is_input(field)]
        defaults = self.default_get(names)
        written = self._ocs_imported_fields()
        filled = [
            name
            for name in names
            if name not in written
            and self[name]
            and self._fields[name].convert_to_write(self[name], self)
            != defaults.get(name)
        ]
        return list(dict.fromkeys([*filled, *self._ocs_edited_fields()]))

    def _is_input(self, field):
        """Return whether users enter the values of a field."""
        is_computed = field.compute and field.readonly
        return (
            field.store
            and not (field.name in MAGIC_COLUMNS or field.related or is_computed)
            and field.type != "one2many"
            and field.name not in FILLED_BY_IMPORT
            and not self._ocs_is_inventory_field(field)
        )

    @api.model
    def _ocs_is_inventory_field(self, field):
        """Return whether a field was added for what an inventory reports.

        Users do not enter its values, as they do those of a name or a location, which
        an import may fill as well. Extend it for another addon with such fields.

        :param field: :class:`odoo.fields.Field` of an asset
        """
        # the first module adds the field, others extend it
        return HARDWARE in field._modules[:1]

    def _ocs_log(self, body):
        """Log in the chatter what an import did to the asset.

        :param body: sentences
        """
        self._message_log(body=body, message_type=IMPORT_MESSAGE_TYPE)

    def action_ocs_import_now(self):
        """Import the computer from OCS now."""
        bindings = self.ocs_bind_ids
        # an asset may come from an archived backend, too
        active = bindings.filtered("backend_id.active")
        return (active or bindings).action_import_now()

    def _ocs_request_ambiguous(self):
        """Request the imports of computers that may be one of these assets."""
        # sudo: whoever changes the asset
        issues = self.env["ocs.import.issue"].sudo()
        issues._request_ambiguous("candidate", [("candidate_ids", "in", self.ids)])

    @api.model
    def _ocs_imported_models(self):
        """Return the models whose records each import of a computer writes anew.

        They do not follow when another asset takes the place of this one.

        :return: set of names
        """
        return {"maintenance.equipment.component"}

    def _ocs_fields_to_take(self, other, names):
        """Return the fields whose values this asset gets from another asset.

        Extend it for fields that only make sense together.

        :param other: asset of the same machine
        :param names: names of fields, of which this asset has no value
        :return: collection of names
        """
        return names

    def action_ocs_link(self):
        """Link the computer that needs a decision to this asset."""
        self.ensure_one()
        issue = self.env["ocs.import.issue"].browse(self.env.context["ocs_issue_id"])
        return issue._link(self)

    def _ocs_check_backends(self):
        """Check that the user may change the bindings of these assets.

        :raises AccessError: one of their backends belongs to another company
        """
        # sudo: bindings that the user cannot see count, too
        assets = self.sudo().with_context(active_test=False)
        backends = (
            assets.ocs_bind_ids.backend_id,
            assets.ocs_monitor_bind_ids.backend_id,
        )
        self.env["ocs.backend"].browse(
            {each.id for found in backends for each in found}
        ).check_access("write")
