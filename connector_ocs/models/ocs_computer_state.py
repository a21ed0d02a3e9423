# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Values of ``import_state`` of computers that are imported only if OCS changes.
UP_TO_DATE = ("imported", "conflicting")
#: Fields that a request reads: fetched at once, they spare reading all others.
REQUEST_FIELDS = (
    "import_request",
    "import_requested_on",
    "is_conflicting",
    "removal_action",
    "removed_since",
)


class OcsComputerState(models.AbstractModel):
    """What was imported of a computer, and whether it has to be imported again."""

    _name = "ocs.computer.state"
    _inherit = "ocs.import.request"
    _description = "State of an OCS Computer (abstract)"

    import_state = fields.Selection(
        [
            ("to_import", "To be imported"),
            ("imported", "Imported"),
            ("conflicting", "Conflict with another asset"),
            ("removed", "Removed or archived in OCS"),
        ],
        string="Import Status",
        compute="_compute_import_state",
        store=True,
    )
    import_request = fields.Selection(default="new")
    digests = fields.Json(
        readonly=True,
        help="Digests of the imported sections, by table, which show whether OCS has "
        "changed since. If empty, the computer has never been imported.",
    )
    removed_since = fields.Datetime(
        string="Removed From OCS On",
        readonly=True,
        index="btree_not_null",
        help="Date when the computer was first missing in OCS.",
    )
    removal_action = fields.Selection(
        [
            ("archive", "Archived"),
            ("scrap", "Marked as scrapped"),
            ("keep", "Left unchanged"),
        ],
        string="Action on the Asset",
        readonly=True,
        help="What was done to the asset when the computer was removed from OCS. It is "
        "undone when the computer is back.",
    )
    is_conflicting = fields.Boolean(
        string="Conflict With Another Asset",
        readonly=True,
        help="Another asset has the serial number that OCS reports for this computer "
        "or a monitor of it. This is checked again when the other asset no longer has "
        "it.",
    )

    # PostgreSQL uses these indexes only if the condition is written as by the ORM
    _conflicting_idx = models.Index("(backend_id) WHERE is_conflicting IS TRUE")
    _to_import_idx = models.Index(
        "(backend_id, external_id) WHERE import_state IN ('to_import')"
    )

    @api.depends("import_request", "is_conflicting", "removal_action", "removed_since")
    def _compute_import_state(self):
        for binding in self:
            binding.import_state = binding._find_import_state()

    def _find_import_state(self):
        if self.removed_since:
            return "removed"
        if self.import_request:
            return "to_import"
        if self.removal_action:  # archived in OCS
            return "removed"
        return "conflicting" if self.is_conflicting else "imported"

    def _answered(self, digests):
        """Keep the digests of sections that are no longer read.

        They are dropped if the import was requested: what has changed in Odoo may
        concern these sections as well.
        """
        known = {} if self.import_request else self.digests or {}
        return super()._answered({**known, **digests})

    def _mark_removed(self):
        """Mark these computers as removed from OCS."""
        present = self.filtered(lambda binding: not binding.removed_since)
        if present:
            present.write({"removed_since": fields.Datetime.now()})

    @api.model
    def _find_available_serials(self, backend):
        """Return conflicting computers whose serial number no asset has any more.

        Imports from another OCS may have changed or archived the asset that had it:
        they do not write to the computers of this one.
        """
        waiting = self.with_context(active_test=False).search(
            [
                ("backend_id", "=", backend.id),
                ("is_conflicting", "=", True),
                ("import_request", "=", False),
                ("ocs_serial", "!=", False),
                ("odoo_id.serial_no", "=", False),
            ]
        )
        blacklist, serials = backend._blacklist(), waiting.mapped("ocs_serial")
        # sudo: serial numbers are unique across all companies
        equipment = self.env["maintenance.equipment"].sudo()
        holders = equipment.with_context(active_test=False).search_fetch(
            [("serial_no", "in", serials)], ["serial_no"]
        )
        taken = set(holders.mapped("serial_no"))
        return waiting.filtered(
            lambda each: (
                each.ocs_serial not in taken
                and not blacklist.has_serial(each.ocs_serial)
            )
        )

    @api.model
    def _request_conflicting(self):
        """Request the imports of conflicting computers.

        Called when a user changed or deleted an asset that may have had their serial
        number.
        """
        # active_test: the asset of a computer may be archived
        conflicting = self.with_context(active_test=False).search(
            [("is_conflicting", "=", True)]
        )
        conflicting._request_import("released")
