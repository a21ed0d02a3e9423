# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command, api, fields, models

from ..lib.schema import NEWEST_TESTED


class OcsBackendSetup(models.AbstractModel):
    """First steps on a new backend."""

    _name = "ocs.backend.setup"
    _description = "First Steps of an OCS Backend (abstract)"

    # not stored: it follows from what has been done, whoever did it
    setup_step = fields.Selection(
        [
            ("connect", "Connect to OCS"),
            ("review", "Review what was found"),
            ("schedule", "Import automatically"),
        ],
        compute="_compute_setup_step",
        help="Next step of setting up the backend, none if it is set up.",
    )
    is_schedule_declined = fields.Boolean(readonly=True, copy=False)
    reader_sql = fields.Text(
        string="SQL for the Database User",
        compute="_compute_reader_sql",
        help="Creates a user who can read the tables that Odoo imports, and nothing "
        "else.",
    )

    @api.depends(
        "active",
        "version",
        "import_automatically",
        "is_schedule_declined",
        "run_ids.state",
    )
    def _compute_setup_step(self):
        for backend in self:
            backend.setup_step = backend._next_step()

    def _next_step(self):
        """Return the key of the next step, False if there is none."""
        if not self.active:
            return False
        if not self.version:
            return "connect"
        if self.import_automatically or self.is_schedule_declined:
            return False
        return "schedule" if self._has_imported() else "review"

    def _has_imported(self):
        """Return whether a run has finished, even if it has been deleted since."""
        # active_test: the asset of a computer may be archived
        bindings = self.env["ocs.computer.binding"].with_context(active_test=False)
        mine = [("backend_id", "in", self._origin.ids)]
        return bool(
            self._origin._last_run(("state", "=", "done"))
            or bindings.search_count(mine, limit=1)
        )

    @api.depends("setup_step", "user", "database")
    def _compute_reader_sql(self):
        for backend in self:
            is_known = backend.user and backend.database
            is_needed = backend.setup_step == "connect" and is_known
            backend.reader_sql = is_needed and backend._reader_sql()

    def _reader_sql(self):
        """Return the SQL that creates the database user.

        It allows to read all that can be imported from the newest version of OCS, so
        that no section that is selected later lacks a privilege.
        """
        every = self.env["ocs.section"].search_fetch([], ["table_name"])
        newest = self.env["ocs.backend"].new(
            {
                "user": self.user,
                "database": self.database,
                "version": self._select_version()[-1][0],
                "schema_number": NEWEST_TESTED,
                "section_ids": [Command.set(every.ids)],
            }
        )
        with newest.work_on("ocs.backend") as work:
            server = work.component(usage="backend.adapter")
            return "\n".join(server.account_statements())

    def action_import_automatically(self):
        """Import automatically from now on."""
        self.check_access("write")
        self.import_automatically = True

    def action_decline_schedule(self):
        """Do not ask any more whether to import automatically."""
        self.check_access("write")
        self.is_schedule_declined = True
