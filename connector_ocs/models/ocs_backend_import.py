# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.connector.exception import ConnectorException
from odoo.addons.queue_job.exception import JobError

from ..exceptions import OcsConfigurationError
from ..lib import schema


class OcsBackendImport(models.AbstractModel):
    """Actions of a backend: testing it, and importing from it."""

    _name = "ocs.backend.import"
    _description = "Actions of an OCS Backend (abstract)"

    def action_test_connection(self):
        """Detect the version of OCS, and show the result."""
        self.ensure_one()
        self.check_access("write")
        with self._as_user_error():
            self._detect()
            self._identify_server()
            self._survey()
            found = self._describe_connection()
        return self._notify(
            self.env._("Connected to OCS Inventory %s", self.ocs_release),
            found,
            kind="warning"
            if self.section_report or self._is_newer_than_tested()
            else "success",
        )

    def action_import_changed(self):
        """Import the computers that are new or differ from their asset."""
        return self._start_manually(force=False)

    def action_import_all(self):
        """Import every computer again, changed or not."""
        return self._start_manually(force=True)

    def action_view_computers(self):
        """Open the list of the computers, without those whose asset is archived."""
        return self._view("connector_ocs.ocs_computer_binding_action")

    def action_view_monitors(self):
        """Open the list of the monitors, without those whose asset is archived."""
        return self._view("connector_ocs.ocs_monitor_binding_action")

    def action_view_issues(self):
        """Open the list of the computers that were not imported."""
        return self._view("connector_ocs.ocs_import_issue_action")

    def action_view_runs(self):
        """Open the list of the runs."""
        return self._view("connector_ocs.ocs_import_run_action")

    def action_approve_run(self):
        """Approve the run that waits for approval."""
        self._check_user("write")
        run = self._open_run()
        if run:
            return run.action_approve()
        return self._notify(
            self.env._("No run is waiting for approval"),
            self.env._("The run was cancelled or has already continued."),
            kind="info",
        )

    def action_cancel_run(self):
        """Cancel the run that waits for approval."""
        self._check_user("write")
        return self._open_run().action_cancel()

    def action_stop_run(self):
        """Stop the current run."""
        self._check_user("write")
        run = self._open_run()
        if run:
            return run.action_stop()
        return self._notify(
            self.env._("Nothing to stop"),
            self.env._("The run has already finished."),
            kind="info",
        )

    def action_view_jobs(self):
        """Open the list of the jobs."""
        self._check_user("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "queue_job.action_queue_job"
        )
        action["domain"] = [("ocs_backend_id", "=", self.id)]
        action["context"] = {}  # whatever their state
        return action

    # Hooks

    @contextmanager
    def _as_user_error(self):
        """Show synchronization errors to the user."""
        try:
            yield
        except (ConnectorException, JobError) as error:
            raise UserError(str(error)) from error

    def _for_import(self, operation="write"):
        """Return this backend with the access and the company that an import needs.

        :param operation: "read" to read OCS as an import does, without importing
        :raises AccessError: the user may not do that with the backend
        :raises OcsConfigurationError: it is archived or was never tested
        """
        self._check_user(operation)
        # sudo: an import must find every asset that it created, whoever starts it and
        # whatever companies they have selected
        backend = self.sudo()
        if not backend.active:
            raise OcsConfigurationError(backend._describe_archived())
        if not backend.version:
            raise OcsConfigurationError(
                self.env._(
                    "The version of OCS is unknown. Click “Test connection” on the "
                    "backend %s.",
                    backend.name,
                )
            )
        context = {"tz": self._user_tz(), "ocs_import": True}
        return backend.with_context(**context).with_company(backend.company_id)

    @api.model
    def _user_tz(self):
        """Return the name of the user's time zone, as Odoo determines it.

        In the context, it saves each job from reading the user: assets get today's date
        by default.
        """
        tz = self.env.context.get("tz") or self.env["res.users"].context_get().get("tz")
        return tz or "UTC"

    def _run_pending_now(self):
        """Run jobs that wait for a retry now, because a user asks for it."""
        # sudo: managers of OCS are not managers of the job queue
        jobs = self.env["queue.job"].sudo()
        waiting = [("state", "=", "pending"), ("eta", "!=", False)]
        jobs.search([("ocs_backend_id", "=", self.id), *waiting]).write({"eta": False})

    def _detect(self):
        """Read the release of the server, and set the version.

        Runs do this once, when they start.

        :raises OcsConfigurationError: OCS cannot be read; says what to do
        """
        with self.work_on("ocs.backend") as work:
            server = work.component(usage="backend.adapter")
            number = server.schema()
            found = {
                "schema_number": number,
                "ocs_release": schema.release(number),
                "version": schema.generation(number),
            }
            if any(self[name] != value for name, value in found.items()):
                self.write(found)
            computers = work.component(
                usage="backend.adapter", model_name="ocs.computer.binding"
            )
            problems = computers.find_problems()
            if problems != (self.section_problems or {}):
                self.section_problems = problems
            self._read_blacklists(server, computers)

    def _describe_connection(self):
        """Return sentences about OCS, as it was detected before, and about the user."""
        with self.work_on("ocs.backend") as work:
            server = work.component(usage="backend.adapter")
            computers, is_read_only = server.count_computers(), server.is_read_only()
        sentences = [
            self.env._(
                "Schema %(schema)s, %(computers)s computers.",
                schema=self.schema_number,
                computers=computers,
            )
        ]
        sentences.append(self._describe_privileges(is_read_only))
        if self._is_newer_than_tested():
            sentences.append(
                self.env._(
                    "This schema is newer than the newest one tested (%s). It has the "
                    "required columns, so it is read in the same way.",
                    schema.NEWEST_TESTED,
                )
            )
        reports = (
            self.section_report,
            self.blacklist_report,
            self.same_database_report,
        )
        return " ".join(filter(None, [*sentences, *reports]))

    def _describe_privileges(self, is_read_only):
        """Return a sentence about the privileges of the user, '' for none.

        :param is_read_only: bool, whether they are not more than to read
        """
        if is_read_only:
            return self.env._("The user %s has read-only access.", self.user)
        return self.env._(
            "The user %s has more privileges than needed. SELECT is enough.", self.user
        )

    def _is_newer_than_tested(self):
        return self.schema_number > schema.NEWEST_TESTED

    def _notify_started(self):
        return self._notify(
            self.env._("Import started"),
            self.env._(
                "Computers appear as their jobs finish. Those that cannot be imported "
                "are listed with the reason under “Not Imported”."
            ),
        )

    def _notify_already_running(self, run):
        return self._notify(
            self.env._("An import is already running"),
            run._describe_progress(),
            kind="info",
        )

    def _notify(self, title, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": title,
                "message": message,
                "type": kind,
                "sticky": kind == "warning",
                # reload the view from which it was called
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _view(self, xml_id):
        self.ensure_one()
        self._check_user("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [("backend_id", "=", self.id)]
        return action
