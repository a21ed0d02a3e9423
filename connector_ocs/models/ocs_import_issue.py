# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Reasons that a person decides on: looked at again when the computer changes in OCS,
#: or what the person decided.
SKIP_REASONS = ("tag", "rule", "ambiguous", "ignored")


class OcsImportIssue(models.Model):
    """A row of OCS that was not imported, and why."""

    _name = "ocs.import.issue"
    _description = "OCS Computer Not Imported"
    _order = "date desc, id desc"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    external_id = fields.Integer(
        string="ID in OCS", required=True, readonly=True, aggregator=None
    )
    binding_id = fields.Many2one(
        "ocs.computer.binding",
        string="Computer",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    run_id = fields.Many2one(
        "ocs.import.run",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Run in which the import failed, or that found the row left out.",
    )
    name = fields.Char(readonly=True)
    reason = fields.Selection(
        [
            ("failed", "Import failed"),
            ("deleted", "Deleted in OCS before its import"),
            ("archived", "Archived in OCS"),
            ("group", "Group of computers"),
            ("orphan", "Rows without a computer"),
            ("unknown", "Change of an unknown computer"),
            ("tag", "Left out by its TAG"),
            ("rule", "Left out by a rule"),
            ("ambiguous", "Several assets may be this computer"),
            ("ignored", "Ignored on request"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Text(readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    digests = fields.Json(
        readonly=True,
        help="Of the content that failed twice or was refused: tried again if it "
        "changes.",
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This row of OCS is listed already.",
    )

    @api.depends("name", "external_id")
    def _compute_display_name(self):
        for issue in self:
            issue.display_name = issue.name or self.env._("ID %s", issue.external_id)

    def _describe_reason(self):
        """Label of the reason."""
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        return reasons[self.reason]

    def action_retry(self):
        """Import again what failed."""
        self.check_access("write")
        backends = self.backend_id
        for issue in self:
            self.env["ocs.computer.binding"]._enqueue_import(
                issue.backend_id, issue.external_id, issue.name or "", force=True
            )
        for backend in backends:
            backend._run_pending_now()
        return backends[:1]._notify_started()

    @api.model
    def _record(self, backend, external_id, reason, name=None, message=None):
        """Put a row of OCS on the list, or say anew why it is there.

        :param external_id: int, hardware.ID
        :param reason: key of the field ``reason``
        :return: issue
        """
        values = {"reason": reason, "message": message or False}
        if name:
            values["name"] = name
        issue = self._find(backend, external_id)
        if issue:
            issue.write(dict(values, date=fields.Datetime.now()))
            return issue
        binding = self.env["ocs.computer.binding"]._find(backend, external_id)
        return self.create(
            {
                "backend_id": backend.id,
                "external_id": external_id,
                "binding_id": binding.id,
                **values,
            }
        )

    @api.model
    def _skip(self, backend, external_id, computer, skip_reason):
        """Put a computer on the list that is not to be imported as it is.

        :param external_id: int, hardware.ID
        :param computer: nested dict of the computer
        :param refusal: ``SkipReason`` of ``import_filter``
        :return: issue
        """
        issue = self._record(
            backend,
            external_id,
            skip_reason.reason,
            name=computer["hardware"]["NAME"],
            message=skip_reason.message,
        )
        issue.digests = computer["digests"]
        return issue

    @api.model
    def _settle(self, backend, external_id):
        """Take an imported computer off the list.

        :param external_id: int, hardware.ID
        """
        self._find(backend, external_id).unlink()

    @api.model
    def _find(self, backend, external_id):
        return self.search(
            [("backend_id", "=", backend.id), ("external_id", "=", external_id)]
        )
