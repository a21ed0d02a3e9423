# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import UserError


class OcsImportIssueRemedy(models.AbstractModel):
    """What a reason means, and what a user can do about it."""

    _name = "ocs.import.issue.remedy"
    _description = "Remedies for an OCS Computer Not Imported (abstract)"

    status = fields.Selection(
        [
            ("to_do", "To Do"),
            ("queued", "Import Queued"),
            ("none", "Nothing to Do"),
        ],
        compute="_compute_status",
        store=True,
        help="To Do: somebody has to decide, or to remove the cause.\n"
        "Import Queued: somebody has decided, and the import follows.\n"
        "Nothing to Do: the computer is left out on purpose.",
    )
    description = fields.Char(
        compute="_compute_description", string="Explanation", compute_sudo=False
    )
    explanation = fields.Text(compute="_compute_description", compute_sudo=False)
    can_open_asset = fields.Boolean(
        compute="_compute_can_open_asset", compute_sudo=False
    )

    @api.model
    def _reasons_to_do(self):
        """Return the reasons that need a person.

        Other addons add those of their filters.

        :return: tuple of keys of the field ``reason``
        """
        return ("ambiguous", "failed", "replaced", "company")

    @api.depends("reason", "decision", "import_request")
    def _compute_status(self):
        for issue in self:
            if issue.import_request == "user" or issue._is_decided():
                issue.status = "queued"
            elif issue.reason in issue._reasons_to_do():
                issue.status = "to_do"
            else:
                issue.status = "none"

    def _is_decided(self):
        """Return whether a user has decided which asset the computer is."""
        return self.reason == "ambiguous" and self.decision in ("link", "create")

    def _is_open(self, *reasons):
        """Return whether the computer waits for a user, for one of some reasons."""
        return self.status != "queued" and self.reason in reasons

    @api.depends("status", "reason", "message", "decision", "linked_id")
    @api.depends_context("lang")
    def _compute_description(self):
        explanations = self._explanations()
        for issue in self:
            explanation = explanations.get(issue.reason)
            if issue.reason == "ignored" and issue.decision != "ignore":
                explanation = False
            issue.explanation = explanation
            is_queued = issue.status == "queued"
            text = issue._describe_queued() if is_queued else issue.message
            issue.description = text or explanation

    @api.model
    def _explanations(self):
        """Return what the reasons mean, and what to do.

        :return: dict {key of the field ``reason``: sentences}
        """
        return {**self._explanations_of_rows(), **self._explanations_of_decisions()}

    def _explanations_of_rows(self):
        return {
            "failed": self.env._(
                "Odoo retries the import once, and then whenever the computer changes "
                "in OCS. To retry it now, remove the cause and click “Retry”."
            ),
            "deleted": self.env._(
                "OCS deleted the computer before it was imported. The next run removes "
                "it from this list."
            ),
            "archived": self.env._(
                "Archived computers are not imported. When the computer is restored in "
                "OCS, the next run imports it."
            ),
            "group": self.env._(
                "OCS stores its groups like computers. They are no machines, so there "
                "is nothing to do."
            ),
            "orphan": self.env._(
                "There is nothing to do in Odoo. The administrator of OCS can delete "
                "these rows."
            ),
        }

    def _explanations_of_decisions(self):
        return {
            "tag": self.env._(
                "The TAG lists of the backend exclude this computer. If you change "
                "them, the next run checks it again."
            ),
            "ambiguous": self.env._(
                "Compare what OCS reports with the candidates, and decide which asset "
                "this computer is."
            ),
            "ignored": self.env._(
                "The computer stays excluded until somebody clicks “Import again”, "
                "even if it comes back to OCS with another ID."
            ),
            "replaced": self.env._("The next run matches both machines anew."),
            "company": self.env._(
                "Imports only update assets of the company of their backend, unless "
                "somebody with access to both companies approved another one."
            ),
        }

    def _describe_queued(self):
        """Return who decided what about a computer whose import is queued."""
        names = {
            "user": self.decided_by_id.name,
            # sudo: as forms show the names of related records
            "asset": self.sudo().linked_id.name,
        }
        if self.reason == "ambiguous" and self.decision == "link":
            return self.env._(
                "%(user)s linked it to “%(asset)s”. The import is queued.", **names
            )
        if self.reason == "ambiguous" and self.decision == "create":
            return self.env._(
                "%(user)s decided to create a new asset. The import is queued.", **names
            )
        return self.env._("The import is queued.")

    @api.depends("reason", "binding_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_open_asset(self):
        # sudo: only to know which assets they are
        assets = self.sudo().binding_id.odoo_id.sudo(False)
        readable = assets._filtered_access("read")
        for issue in self:
            issue.can_open_asset = bool(issue.sudo().binding_id.odoo_id & readable)

    # Actions

    def action_retry(self):
        """Enqueue the failed imports again."""
        failed = self._available("failed")
        why = self.env._("Only failed imports can be retried.")
        return self._import_and_notify(failed, why)

    def action_remove(self):
        """Remove computers from the list that OCS has deleted."""
        deleted = self._available("deleted")
        why = self.env._("Only computers that OCS has deleted can be removed.")
        notice = self._notify(deleted, self.env._("Removed from the list"), why)
        deleted.unlink()
        return notice

    def action_import_changed(self):
        """Start a run, which matches replaced machines anew."""
        self.check_access("write")
        for backend in self.backend_id:
            started = backend.action_import_changed()
        return started

    def action_open_backend(self):
        """Open the backend with the settings that exclude the computer."""
        self.backend_id.check_access("read")
        return self.backend_id[:1]._get_records_action()

    def action_open_asset(self):
        """Open the asset of the computer."""
        asset = self.binding_id.odoo_id
        asset.check_access("read")
        return asset._get_records_action()

    # Helpers

    def _check_listed(self):
        """Check that the user may act on these computers, and that they are listed.

        :raises AccessError: the user may not
        :raises UserError: they are no longer listed, or the backend is archived
        """
        self.browse().check_access("write")
        if self.exists() != self:
            raise UserError(
                self.env._(
                    "The list has changed meanwhile: a computer was imported, or OCS "
                    "no longer has it. Reload the page."
                )
            )
        self.check_access("write")
        self.backend_id._check_active()

    def _available(self, *reasons):
        """Return those that wait for a user, for one of some reasons."""
        self._check_listed()
        return self.filtered(lambda issue: issue._is_open(*reasons))

    def _describe_closed(self, why):
        """Return why a remedy does not apply to these computers.

        :param why: sentence, unless the only computer has just been decided on
        """
        if len(self) == 1 and self.status == "queued":
            return self._describe_queued()
        return why

    def _enqueue(self):
        """Enqueue the imports of these computers; the next run does, if a job is lost.

        The requests come first: they are answered if there is no job queue.
        """
        backends = self.backend_id
        self._request_import("user")
        for issue in self:
            self.env["ocs.computer.binding"]._enqueue_import(
                issue.backend_id, issue.external_id, issue.name or "", force=True
            )
        for backend in backends:
            backend._run_pending_now()

    def _import_and_notify(self, chosen, why):
        """Enqueue the imports of some of these computers, and say so.

        The list is opened anew, without the computers that need nobody any more.

        :param chosen: those to which the remedy applies
        :param why: sentence: why it does not apply to the others
        """
        queued = self.env._("Import queued")
        if len(chosen) > 1:
            queued = self.env._("%s imports queued", len(chosen))
        notice = self._notify(chosen, queued, why)
        chosen._enqueue()
        if chosen and not self.env.context.get("ocs_in_list"):
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "connector_ocs.ocs_import_issue_action"
            )
            notice["params"]["next"] = dict(action, target="main")
        return notice

    def _notify(self, chosen, title, why):
        """Return a notification about what was done with some of these computers.

        :param chosen: those to which the remedy applies
        :param why: sentence: why it does not apply to the others
        """
        others, message = self - chosen, ""
        if others:
            message = others._describe_closed(why)
        if others and chosen:
            message = self.env._(
                "%(number)s left unchanged. %(why)s", number=len(others), why=message
            )
        if not chosen:
            title = self.env._("Nothing was changed")
        kind = "warning" if others else "success"
        return self.backend_id[:1]._notify(title, message, kind=kind)
