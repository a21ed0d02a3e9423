# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..lib.identity import EVIDENCE, SAME, compare


class OcsImportIssueDecision(models.AbstractModel):
    """Decision of a user on a computer that was not imported."""

    _name = "ocs.import.issue.decision"
    _description = "Decision on an OCS Computer (abstract)"

    candidate_ids = fields.Many2many(
        "maintenance.equipment",
        string="Candidates",
        readonly=True,
        context={"active_test": False},
        help="Assets that may match this computer.",
    )
    decision = fields.Selection(
        [
            ("link", "Link to an asset"),
            ("create", "Create a new asset"),
            ("ignore", "Ignore"),
        ],
        readonly=True,
    )
    linked_id = fields.Many2one(
        "maintenance.equipment",
        string="Linked Asset",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    can_be_ignored = fields.Boolean(compute="_compute_can_be_ignored")
    device_id = fields.Char(string="Device ID", readonly=True)
    ocs_serial = fields.Char(string="Serial Number", readonly=True)
    board_serial = fields.Char(string="Board Serial Number", readonly=True)
    hardware_uuid = fields.Char(string="UUID", readonly=True)
    mac_addresses = fields.Char(string="MAC Addresses", readonly=True)
    manufacturer = fields.Char(readonly=True)
    model = fields.Char(readonly=True)
    ocs_tag = fields.Char(string="TAG", readonly=True)
    ocs_user = fields.Char(string="OCS User", readonly=True)

    @api.depends("status", "reason", "binding_id")
    def _compute_can_be_ignored(self):
        for issue in self:
            is_computer = issue._is_open(*issue._reasons_to_ignore())
            issue.can_be_ignored = is_computer and not issue.binding_id

    @api.model
    def _reasons_to_ignore(self):
        """Return the reasons of computers that a user may ignore.

        Without the reason, they would be imported. Other addons add the reasons of
        their filters.

        :return: tuple of keys of the field ``reason``
        """
        return ("ambiguous", "failed", "tag")

    @api.model
    def _reasons_to_decide(self):
        """Return the reasons that remain until a user decides what to do.

        Other addons add the reasons of their filters.

        :return: tuple of keys of the field ``reason``
        """
        return ("ambiguous", "company")

    @api.model
    def _to_decide_domain(self, backends):
        """Return a domain of the computers of some backends that wait for a decision.

        :param backends: ocs.backend
        """
        domain = Domain("backend_id", "in", backends.ids)
        domain &= Domain("reason", "in", self._reasons_to_decide())
        return domain & Domain("status", "=", "to_do")

    @api.model_create_multi
    def create(self, vals_list):
        issues = super().create(vals_list)
        issues.linked_id.check_access("write")
        return issues

    def write(self, vals):
        result = super().write(vals)
        if vals.get("linked_id"):
            # the import writes the asset as superuser
            self.linked_id.check_access("write")
        return result

    def unlink(self):
        """Have computers with the same candidates checked again."""
        candidates = self.candidate_ids.ids
        waiting = self.filtered(lambda issue: issue.reason in self._reasons_to_decide())
        backends = waiting.backend_id
        result = super().unlink()
        backends._forget_decisions()
        if candidates:
            self._request_ambiguous("candidate", [("candidate_ids", "in", candidates)])
        return result

    # Actions

    def action_create_asset(self):
        """Create new assets, as none of the candidates is this computer."""
        waiting = self._available("ambiguous")
        waiting._decide("create")
        return self._import_and_notify(
            waiting,
            self.env._("Only computers that wait for a decision get a new asset."),
        )

    def action_ignore(self):
        """Skip these computers until a user imports them again."""
        self._check_listed()
        ignored = self.filtered("can_be_ignored")
        notice = self._notify(
            ignored,
            self.env._("Ignored"),
            self.env._(
                "Only computers that have no asset and would otherwise be imported can "
                "be ignored."
            ),
        )
        ignored._decide("ignore", reason="ignored")
        for issue in ignored:
            issue.message = issue._describe_ignored()
        return notice

    def action_import_again(self):
        """Import computers that were ignored."""
        ignored = self._available("ignored").filtered(
            lambda issue: issue.decision == "ignore"
        )
        ignored.write({"decision": False, "decided_by_id": False})
        return self._import_and_notify(
            ignored,
            self.env._("Only computers that a user ignored can be imported again."),
        )

    def _link(self, asset):
        """Link the computer to one of the candidates.

        :param asset: maintenance.equipment
        :raises UserError: it no longer waits for a decision
        """
        self.ensure_one()
        if not self._available("ambiguous"):
            raise UserError(
                self._describe_closed(
                    self.env._("This computer no longer needs a decision.")
                )
            )
        if asset not in self.candidate_ids:
            raise UserError(
                self.env._("%s is not a candidate for this computer.", asset.name)
            )
        self._decide("link", linked_id=asset.id)
        return self._import_and_notify(self, "")

    def _decide(self, decision, **values):
        values.update(decision=decision, decided_by_id=self.env.uid)
        self.write(values)
        self.backend_id._ask_for_decisions()

    # Effects

    def _describe_ignored(self):
        return self.env._("Ignored by %s.", self.decided_by_id.name)

    def _is_ignored(self):
        """Return whether scans skip this computer."""
        return self.reason == "ignored" and self.decision == "ignore"

    def _identity(self):
        """Return what OCS last reported to identify the computer.

        :return: dict {field: value}, see ``lib/identity.py``
        """
        self.ensure_one()
        return {
            field: self.name if field == "name" else self[field] for field in EVIDENCE
        }

    def _release_id(self):
        """Release the ID in OCS, which belongs to another machine now.

        The computer is still ignored if OCS reports it under another ID.
        """
        for issue in self:
            issue.external_id = -issue.id

    def _write_facts(self, computer, skip_reason, is_new):
        """Write what a user needs to decide on a skipped computer.

        :param computer: nested dict of the computer
        :param skip_reason: ``SkipReason`` of ``filter_base``
        :param is_new: whether the computer was not listed before: it takes over the
            decision to ignore the machine under its former ID
        """
        values = self._facts(self.backend_id, computer)
        if is_new and skip_reason.reason == "ignored":
            former = self._find_ignored(self.backend_id, computer)
            values["decision"] = former.decision
            values["decided_by_id"] = former.decided_by_id.id
        if set(self.candidate_ids.ids) != set(skip_reason.candidate_ids):
            values["candidate_ids"] = [Command.set(skip_reason.candidate_ids)]
        self.write(values)

    @api.model
    def _facts(self, backend, computer):
        """Return what OCS reports about a computer, for the user who decides.

        :param computer: nested dict
        :return: dict of values
        """
        facts = backend._blacklist().identity(computer)
        del facts["name"]
        hardware, bios = computer["hardware"], computer.get("bios", {})
        return facts | {
            "manufacturer": bios.get("SMANUFACTURER"),
            "model": bios.get("SMODEL"),
            "ocs_tag": computer.get("accountinfo", {}).get("TAG"),
            "ocs_user": hardware["USERID"],
        }

    @api.model
    def _find_ignored(self, backend, computer):
        """Return the same machine under another ID, if a user ignored it.

        :param computer: nested dict
        :return: issue, may be empty
        """
        blacklist = backend._blacklist()
        identity = blacklist.identity(computer)
        same = Domain.OR(
            Domain(key, "=ilike", escape_psql(identity[key]))
            for key in ("device_id", "ocs_serial", "hardware_uuid")
            if not blacklist.is_blacklisted(key, identity[key])
        )
        mine = Domain("backend_id", "=", backend.id)
        found = self.search(mine & Domain("decision", "=", "ignore") & same)
        return found.filtered(
            lambda each: compare(each._identity(), identity, blacklist).verdict == SAME
        )[:1]

    @api.model
    def _request_ambiguous(self, why, domain):
        """Request the imports of computers that wait for a decision.

        :param why: key of ``import_request``
        """
        waiting = ("reason", "=", "ambiguous")
        self.search([waiting, *domain])._request_import(why)

    @api.model
    def _decided(self, backend, external_ids):
        """Return those of some computers that a user has decided on.

        :param external_ids: list of int (hardware.ID)
        :return: set of int
        """
        found = self.search(
            [
                ("backend_id", "=", backend.id),
                ("external_id", "in", external_ids),
                ("decision", "!=", False),
            ]
        )
        return set(found.mapped("external_id"))
