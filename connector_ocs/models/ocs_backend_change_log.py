# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.client import OcsClient, SingleUse

#: States in which the change log tells what changed.
RELIABLE = ("healthy", "danger")


class OcsBackend(models.Model):
    """The change log that OCS may keep of its own changes."""

    _inherit = "ocs.backend"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _select_change_log_state(self):
        return [
            ("absent", self.env._("Not installed")),
            ("healthy", self.env._("Healthy")),
            ("danger", self.env._("Needs attention")),
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
        help="Compare with OCS: every computer is compared at each import; nothing is "
        "written to OCS.\n"
        "Change log in OCS: triggers in its database say which computers to look at. "
        "It is installed with the button Install.",
    )
    change_log_account = fields.Char(
        string="Account of the OCS Server",
        tracking=True,
        help="Account with which OCS itself uses its database, such as ocs@localhost. "
        "Triggers run with its rights: OCS cannot work without it anyway.",
    )
    change_log_retention = fields.Integer(
        string="Keep Changes",
        default=7,
        required=True,
        help="Days that changes which were dealt with stay in the change log.",
    )
    reconcile_hours = fields.Integer(
        string="Compare All Every",
        default=24,
        required=True,
        help="Hours after which the whole fleet is compared with OCS even so: a "
        "trigger that fails lets OCS go on, and a change is missing from the log.",
    )
    change_log_state = fields.Selection(
        selection="_select_change_log_state",
        string="Change Log",
        readonly=True,
        copy=False,
        tracking=True,
    )
    change_log_report = fields.Text(
        readonly=True, copy=False, help="What the last check of the change log found."
    )
    change_log_checked = fields.Datetime(
        string="Change Log Checked on", readonly=True, copy=False
    )

    change_log_after_run = fields.Integer(
        readonly=True,
        copy=False,
        help="Id of the newest run when the change log was set up: a later run has to "
        "compare all of OCS before the change log is relied on.",
    )

    @api.constrains("change_log_retention", "reconcile_hours")
    def _check_change_log_times(self):
        for backend in self:
            if backend.change_log_retention <= 0 or backend.reconcile_hours <= 0:
                raise ValidationError(
                    self.env._(
                        "Changes are kept for at least one day, and the whole fleet is "
                        "compared after one hour at the earliest."
                    )
                )

    # Actions

    def action_check_change_log(self):
        """Say whether the change log can be relied on."""
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

    # Hooks

    def _check_change_log(self, run=None):
        """Look whether the change log can be relied on, and note what was found.

        :param run: ocs.import.run that is about to begin, None without any
        :return: 'absent', 'healthy', 'danger' or 'broken': only after the two in the
            middle does the log tell what changed
        :raises NetworkRetryableError: OCS cannot be reached now
        :raises OcsConfigurationError: a person has to mend something
        """
        with self.work_on("ocs.backend") as work:
            report = work.component(usage="change.log").check()
        if report.state in RELIABLE and self.change_log_state not in RELIABLE:
            self._compare_all(run)  # what changed before is not in the log
        self.write(
            {
                "change_log_state": report.state,
                "change_log_report": "\n".join(report.sentences),
                "change_log_checked": fields.Datetime.now(),
            }
        )
        return report.state

    def _choose_detection(self, run):
        """How a run finds out what changed.

        Not from a change log that cannot be relied on. The whole fleet is compared
        before the first time, and then from time to time.

        :param run: ocs.import.run, told why when it is not the one that was chosen
        :return: key of ocs.import.run.detection
        """
        if self.detection == "fingerprint" or run.force:
            return "fingerprint"
        if self._check_change_log(run) not in RELIABLE:
            run._warn(
                self.env._(
                    "The change log cannot be relied on, so all of OCS is compared. %s",
                    self.change_log_report,
                )
            )
            return "fingerprint"
        return "fingerprint" if self._is_comparison_due() else "changelog"

    def _is_comparison_due(self):
        last = self._last_comparison()
        if last.id <= self.change_log_after_run:
            return True
        due = fields.Datetime.add(last.date_scan, hours=self.reconcile_hours)
        return fields.Datetime.now() >= due

    def _acknowledge(self):
        """Tell the change log what has arrived in Odoo.

        :raises NetworkRetryableError: OCS cannot be reached now
        :raises OcsConfigurationError: a person has to mend something
        """
        if self.detection != "changelog" or self.change_log_state not in RELIABLE:
            return
        with self.work_on("ocs.computer.binding") as work:
            acknowledger = work.component(usage="acknowledger")
            acknowledger.run()
            acknowledger.purge()

    def _compare_all(self, run=None):
        """The change log does not tell all: the next run compares the whole fleet.

        :param run: ocs.import.run that is about to begin, None without any
        """
        before = [("id", "<", run.id)] if run else []
        self.change_log_after_run = self._last_run(*before).id

    @contextmanager
    def _work_on_change_log(self, user="", password=""):
        """Work context with a session of another account, such as an administrator's.

        Nothing of it is kept afterwards.

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
        """This backend, when it is known what is imported from it.

        :raises OcsConfigurationError: it is archived or was never tested
        """
        self._for_import()
        return self

    def _open_change_log_wizard(self, action):
        self.ensure_one()
        self.check_access("write")
        window = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs.ocs_change_log_wizard_action"
        )
        window["context"] = {"default_backend_id": self.id, "default_action": action}
        return window
