# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib.client import OcsClient, SingleUse

from ..lib.change_log_acknowledger import ChangeAcknowledger
from ..lib.change_log_checker import ChangeLogChecker

#: State in which the change log can be relied on: everything was proven.
RELIABLE = "healthy"
#: States in which its rows can be acknowledged, so that it does not grow for ever.
READABLE = (RELIABLE, "danger")


class OcsBackend(models.Model):
    """Backend with a change log in the database of OCS."""

    _name = "ocs.backend"
    _inherit = ["ocs.backend", "ocs.backend.log.owner"]

    @api.model
    def _select_change_log_state(self):
        return [
            ("absent", self.env._("Not installed")),
            ("healthy", self.env._("Healthy")),
            ("danger", self.env._("Needs attention")),
            ("foreign", self.env._("Used elsewhere")),
            ("broken", self.env._("Broken")),
        ]

    detection = fields.Selection(
        [
            ("fingerprint", "Compare with OCS"),
            ("changelog", "Change log in OCS"),
        ],
        string="Change Detection",
        default="fingerprint",
        required=True,
        tracking=True,
        help="Compare with OCS: each run compares every computer. Nothing is written "
        "to OCS.\n"
        "Change log in OCS: triggers in its database record which computers changed. "
        "Click “Install…” to create them.",
    )
    change_log_account = fields.Char(
        string="Account of the OCS Server",
        tracking=True,
        help="Account that OCS itself uses for its database, such as ocs@localhost. It "
        "is the definer of the triggers: they run with its privileges, because OCS "
        "cannot work without this account anyway.",
    )
    change_log_retention = fields.Integer(
        string="Keep Changes",
        default=7,
        required=True,
        help="Days after which processed changes are deleted from the change log.",
    )
    reconcile_hours = fields.Integer(
        string="Compare All Computers Every",
        default=24,
        required=True,
        help="Hours after which all computers are compared with OCS despite the "
        "change log. A failing trigger does not stop OCS, so a change may be missing "
        "from the log.",
    )
    change_log_state = fields.Selection(
        selection="_select_change_log_state",
        string="Change Log",
        readonly=True,
        copy=False,
        tracking=True,
    )
    change_log_report = fields.Text(
        readonly=True, copy=False, help="Result of the last check of the change log."
    )
    change_log_checked = fields.Datetime(
        string="Change Log Checked On", readonly=True, copy=False
    )
    change_log_created = fields.Char(
        readonly=True,
        copy=False,
        help="When the change log that was last checked was created in OCS. Another "
        "one may lack earlier changes.",
    )
    change_log_after_run = fields.Integer(
        string="Last Run Before Change Log",
        readonly=True,
        copy=False,
        help="ID of the last run before the change log was set up. A later run must "
        "compare all of OCS before the change log is used.",
    )

    @api.constrains("change_log_retention", "reconcile_hours")
    def _check_change_log_times(self):
        for backend in self:
            if backend.change_log_retention <= 0 or backend.reconcile_hours <= 0:
                raise ValidationError(
                    self.env._(
                        "“Keep Changes” must be at least one day, and “Compare All "
                        "Computers Every” at least one hour."
                    )
                )

    # Actions

    def action_check_change_log(self):
        """Check the change log, and show the result."""
        self.ensure_one()
        self.check_access("write")
        with self._as_user_error():
            state = self._for_change_log()._check_change_log()
        return self._notify(
            self.env._("Change log: %s", dict(self._select_change_log_state())[state]),
            self.change_log_report,
            kind="success" if state == "healthy" else "warning",
        )

    def action_install_change_log(self):
        return self._open_change_log_wizard("install")

    def action_repair_change_log(self):
        return self._open_change_log_wizard("repair")

    def action_remove_change_log(self):
        return self._open_change_log_wizard("remove")

    def action_use_change_log(self):
        """Open the wizard that makes this backend the owner of the change log."""
        return self._open_change_log_wizard("move")

    # Hooks

    def _check_change_log(self, run=None):
        """Check whether the change log can be relied on, and store the result.

        :param run: ocs.import.run that is about to start, or None
        :return: 'absent', 'foreign', 'healthy', 'danger' or 'broken'; the log can only
            be relied on if it is 'healthy'
        :raises NetworkRetryableError: OCS cannot be reached now
        :raises OcsConfigurationError: an administrator has to fix something
        """
        with self.work_on("ocs.backend") as work:
            report = ChangeLogChecker(work).check()
        was_reliable = self.change_log_state == RELIABLE
        if not was_reliable or self.change_log_created != report.created:
            self._force_comparison(run)  # earlier changes may be missing from the log
        self.write(
            {
                "change_log_state": report.state,
                "change_log_report": "\n".join(report.sentences),
                "change_log_created": report.created,
                "change_log_checked": fields.Datetime.now(),
            }
        )
        return report.state

    def _choose_detection(self, run):
        """Return how a run detects changes.

        A change log that cannot be relied on is not used. All computers are compared
        before its first use, and from time to time.

        :param run: ocs.import.run; gets a warning if the change log is not used
        :return: key of ocs.import.run.detection
        """
        if self.detection == "fingerprint" or run.force:
            return super()._choose_detection(run)
        if self._check_change_log(run) != RELIABLE:
            run._warn(self._describe_unreliable_change_log())
            return "fingerprint"
        return "fingerprint" if self._is_comparison_due() else "changelog"

    def _describe_unreliable_change_log(self):
        if self.change_log_state == "foreign":
            return self.env._(
                "%s All computers were compared instead.", self.change_log_report
            )
        return self.env._(
            "The change log is not reliable: %s All computers were compared instead.",
            " ".join(self.change_log_report.splitlines()),
        )

    def _is_comparison_due(self):
        last = self._last_comparison()
        if last.id <= self.change_log_after_run:
            return True
        due = fields.Datetime.add(last.date_scan, hours=self.reconcile_hours)
        return fields.Datetime.now() >= due

    def _describe_privileges(self, is_read_only):
        if self.detection == "changelog":
            return ""  # the check of the change log covers them
        return super()._describe_privileges(is_read_only)

    def _before_close(self, run):
        result = super()._before_close(run)
        self._acknowledge(run)
        return result

    def _acknowledge(self, run):
        """Acknowledge imported changes in the change log, and delete old ones.

        If that is not possible, nothing is lost, but the log is not relied on.

        :param run: ocs.import.run; gets a warning then
        :raises NetworkRetryableError: OCS cannot be reached now
        """
        if not self._has_change_log():
            return
        try:
            with self.work_on("ocs.computer.binding", run=run) as work:
                acknowledger = ChangeAcknowledger(work)
                acknowledger.run()
                acknowledger.purge()
        except OcsConfigurationError as error:
            if self.change_log_state == RELIABLE:
                self._distrust_change_log(run, str(error))

    def _distrust_change_log(self, run, reason):
        """Compare all computers until a check proves that the log is reliable."""
        self.write({"change_log_state": "danger", "change_log_report": reason})
        run._warn(
            self.env._(
                "Changes could not be marked as processed in the change log: %s All "
                "computers will be compared.",
                reason,
            )
        )

    def _has_change_log(self):
        """Return whether there is a log of changes to acknowledge."""
        return self.detection == "changelog" and self.change_log_state in READABLE

    def _force_comparison(self, run=None):
        """Make the next run compare all computers, since the change log is incomplete.

        :param run: ocs.import.run that is about to start, or None
        """
        result = super()._force_comparison()
        before = [("id", "<", run.id)] if run else []
        for backend in self:
            backend.change_log_after_run = backend._last_run(*before).id
        return result

    @contextmanager
    def _work_on_change_log(self, user="", password=""):
        """Return a work context for another account, such as an administrator's.

        The account is not stored.

        :param user: name, '' for the account of the backend
        """
        if not user:
            with self.work_on("ocs.backend") as work:
                yield work
            return
        settings = replace(
            self._connection_settings(), user=user, password=password or ""
        )
        with OcsClient(lambda: settings, SingleUse()) as client:
            with self.work_on("ocs.backend", ocs_client=client) as work:
                yield work

    def _for_change_log(self):
        """Return this backend, checked to be ready for imports.

        :raises OcsConfigurationError: it is archived or was never tested
        """
        self._for_import()
        return self

    def _open_change_log_wizard(self, action):
        self.ensure_one()
        self.check_access("write")
        window = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs_change_log.ocs_change_log_wizard_action"
        )
        window["context"] = {"default_backend_id": self.id, "default_action": action}
        return window
