# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.fields import Domain


class OcsImportIssue(models.Model):
    """Row of OCS that was not imported, with the reason."""

    _name = "ocs.import.issue"
    _inherit = [
        "ocs.import.issue.decision",
        "ocs.import.request",
        "ocs.access.mixin",
        "ocs.export.mixin",
    ]
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
        help="Run in which the import failed or the row was skipped.",
    )
    name = fields.Char(readonly=True)
    reason = fields.Selection(
        [
            ("failed", "Import failed"),
            ("deleted", "Deleted in OCS before the import"),
            ("archived", "Archived in OCS"),
            ("group", "Group of computers"),
            ("orphan", "Leftover rows of a deleted computer"),
            ("tag", "Excluded by its TAG"),
            ("ambiguous", "Several assets may be this computer"),
            ("ignored", "Ignored by a user"),
            ("replaced", "ID used by another machine"),
            ("company", "Asset of another company"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Text(readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    digests = fields.Json(
        readonly=True,
        help="Digests of the content that failed twice or was skipped. The import is "
        "tried again when the content changes.",
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This OCS row is already listed.",
    )

    @api.depends("name", "external_id")
    def _compute_display_name(self):
        for issue in self:
            issue.display_name = issue.name or self.env._("ID %s", issue.external_id)

    @api.model
    def _skip_reasons(self):
        """Return the reasons that depend on decisions and settings of users.

        Computers with one of them are checked again when they change in OCS or when
        the decision changes. Other addons add the reasons of their filters.

        :return: tuple of keys of the field ``reason``
        """
        return ("tag", "ambiguous", "ignored", "replaced", "company")

    def _describe_reason(self):
        """Return the label of the reason."""
        return self._reason_labels()[self.reason]

    @api.model
    def _reason_labels(self):
        """Return the labels of all reasons: dict {key: text}."""
        return dict(self._fields["reason"]._description_selection(self.env))

    def action_retry(self):
        """Enqueue the imports of these computers again."""
        self.check_access("write")
        backends = self.backend_id
        backends._check_active()
        for issue in self:
            self.env["ocs.computer.binding"]._enqueue_import(
                issue.backend_id, issue.external_id, issue.name or "", force=True
            )
        for backend in backends:
            backend._run_pending_now()
        return backends[:1]._notify_started()

    @api.model
    def _record(self, backend, external_id, reason, name=None, message=None):
        """Add a row of OCS to the list, or update the reason why it is there.

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
        """Add a skipped computer to the list.

        What a user needs to decide on it is added, and what it was like: it is checked
        again when it changes.

        :param external_id: int, hardware.ID
        :param computer: nested dict of the computer
        :param skip_reason: ``SkipReason`` of ``filter_base``
        :return: issue
        """
        is_new = not self._find(backend, external_id)
        issue = self._record(
            backend,
            external_id,
            skip_reason.reason,
            name=computer["hardware"]["NAME"],
            message=skip_reason.message,
        )
        if skip_reason.reason in self._skip_reasons():
            issue.write(issue._answered(computer["digests"]))
            issue._write_facts(computer, skip_reason, is_new)
        return issue

    def _retry_once(self, name, digests):
        """Return whether a failed computer is imported again automatically.

        It is retried once, in case the cause is gone, and then only when it changes in
        OCS: one that cannot be imported must not fail every five minutes.

        :param name: hardware.NAME
        :param digests: dict {table: digest} of the computer as it is in OCS now
        """
        if self.digests == digests and not self.import_request:
            return False
        self.write({**self._answered(digests), "name": name})
        return True

    def _request_company(self):
        """Request the imports of computers whose asset belonged to another company."""
        waiting = self.filtered(lambda issue: issue.reason == "company")
        waiting._request_import("company")
        waiting.binding_id._request_import("company")

    @api.model
    def _of_computers(self, backend, domain=Domain.TRUE):
        """Return the issues to delete as soon as OCS does not have their computer.

        Issues that a user chose to ignore stay: the computer may come back, and is to
        be skipped then.
        """
        domain &= Domain("backend_id", "=", backend.id)
        domain &= Domain("reason", "!=", "orphan")
        domain &= Domain("decision", "!=", "ignore")
        domain &= Domain("binding_id", "=", False) | Domain("reason", "=", "archived")
        return self.search(domain)

    @api.model
    def _clear(self, backend, external_id):
        """Remove an imported computer from the list.

        :param external_id: int, hardware.ID
        """
        self._find(backend, external_id).unlink()

    @api.model
    def _find(self, backend, external_id):
        return self.search(
            [("backend_id", "=", backend.id), ("external_id", "=", external_id)]
        )
