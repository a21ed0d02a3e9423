# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import SQL

# The last place of each monitor, and the one before if it came back from there
_PLACES = """
    WITH moves AS (
        SELECT *, lag(computer_id) OVER (
            PARTITION BY monitor_id ORDER BY date_from, id
        ) AS came_from
        FROM %(table)s WHERE %(wanted)s
    ), places AS (
        SELECT id, monitor_id, computer_id,
            lag(id) OVER following AS former,
            lag(computer_id, 2) OVER following AS before,
            lead(id) OVER following AS later
        FROM moves WHERE came_from IS DISTINCT FROM computer_id
        WINDOW following AS (PARTITION BY monitor_id ORDER BY date_from, id)
    )
    SELECT monitor_id, id, CASE WHEN before = computer_id THEN former END
    FROM places WHERE later IS NULL AND %(returned)s
"""


class MaintenanceEquipmentConnection(models.Model):
    """Period during which a monitor is plugged into a computer."""

    _name = "maintenance.equipment.connection"
    _description = "Monitor Movement"
    _order = "date_from desc, id desc"
    _rec_name = "monitor_id"

    monitor_id = fields.Many2one(
        "maintenance.equipment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    computer_id = fields.Many2one(
        "maintenance.equipment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Empty if the asset of the computer was deleted.",
    )
    deleted_name = fields.Char(
        string="Deleted Computer",
        readonly=True,
        help="Name of the computer whose asset was deleted.",
    )
    computer_name = fields.Char(compute="_compute_computer_name", compute_sudo=True)
    date_from = fields.Datetime(
        string="Plugged In",
        required=True,
        readonly=True,
        help="Date of the first inventory that reported the monitor on this computer, "
        "or date when a user set this computer.",
    )
    date_to = fields.Datetime(
        string="Unplugged",
        readonly=True,
        help="Date of the inventory that no longer reported the monitor there, or "
        "reported it elsewhere. Empty while the monitor is plugged in.",
    )
    company_id = fields.Many2one(related="monitor_id.company_id", store=True)

    _open_uniq = models.UniqueIndex(
        "(monitor_id) WHERE date_to IS NULL",
        "A monitor can be plugged into only one computer at a time.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)",
        "A monitor cannot be unplugged before it is plugged in.",
    )

    @api.depends("computer_id.name", "deleted_name")
    def _compute_computer_name(self):
        for connection in self:
            connection.computer_name = connection.computer_id.name or self.env._(
                "%s (deleted)", connection.deleted_name
            )

    @api.model
    def _event_date(self):
        """Return the date of the change: that of the inventory, or now without one.

        Key ``connection_date`` of the context holds the date of the inventory, a naive
        datetime in UTC.
        """
        return self.env.context.get("connection_date") or fields.Datetime.now()

    def _event_date_on(self, computer):
        """Return the date of a change on one of several computers.

        Key ``connection_dates`` of the context holds the dates of the inventories, dict
        {ID of the computer's asset: datetime}.
        """
        dates = self.env.context.get("connection_dates", {})
        return dates.get(computer.id) or self._event_date()

    @api.model
    def _find_last(self, monitor):
        """Return the latest period of a monitor."""
        return self.search([("monitor_id", "=", monitor.id)], limit=1)

    @api.model
    def _find_places(self, monitors=None):
        """Return where monitors are, and from where they came back there.

        :param monitors: maintenance.equipment; None for all that came back to a
            computer from another one
        :return: dict {monitor: (last period, last period on another computer between
            that and one on the same computer, may be empty)}
        """
        if monitors is not None and not monitors:
            return {}
        self.flush_model()
        wanted = SQL("monitor_id = ANY(%s)", monitors.ids) if monitors else SQL("TRUE")
        rows = self.env.execute_query(
            SQL(
                _PLACES,
                table=SQL.identifier(self._table),
                wanted=wanted,
                returned=SQL("TRUE") if monitors else SQL("before = computer_id"),
            )
        )
        equipment = self.env["maintenance.equipment"]
        return {
            equipment.browse(monitor): (self.browse(last), self.browse(former or ()))
            for monitor, last, former in rows
        }

    @api.model
    def _synchronize(self, monitors):
        """Close and open periods to match where the monitors are now.

        :param monitors: maintenance.equipment, with ``computer_id``
        """
        opened = self.search(
            [("monitor_id", "in", monitors.ids), ("date_to", "=", False)]
        )
        left = opened.filtered(
            lambda each: each.computer_id != each.monitor_id.computer_id
        )
        left._close()
        plugged = monitors.filtered("computer_id") - (opened - left).monitor_id
        self._start(plugged, self._start_dates(plugged))

    @api.model
    def _start(self, monitors, dates=None):
        """Open a period for each monitor on its current computer.

        :param dates: dict {monitor: naive datetime in UTC}; None for new monitors
        """
        self.create(
            [
                {
                    "monitor_id": monitor.id,
                    "computer_id": monitor.computer_id.id,
                    # saves the statement that would compute it
                    "company_id": monitor.company_id.id,
                    "date_from": dates[monitor]
                    if dates
                    else self._event_date_on(monitor.computer_id),
                }
                for monitor in monitors
            ]
        )

    def _start_dates(self, monitors):
        """Return the start of the next period of each monitor.

        It never precedes the end of the last period, even if the clocks of the
        computers differ.

        :return: dict {monitor: naive datetime in UTC}
        """
        groups = self._read_group(
            [("monitor_id", "in", monitors.ids)], ["monitor_id"], ["date_to:max"]
        )
        last = dict(groups)
        date = self._event_date()
        return {monitor: max(date, last.get(monitor) or date) for monitor in monitors}

    def _close(self):
        """Close these periods: the monitors are unplugged."""
        for connection in self:
            connection.date_to = max(self._event_date(), connection.date_from)
        self.flush_recordset(["date_to"])  # before another period is opened

    @api.model
    def _detach_deleted(self, computer):
        """Keep the name of a computer whose asset is about to be deleted."""
        connections = self.search([("computer_id", "=", computer.id)])
        connections.filtered(lambda each: not each.date_to)._close()
        connections.write({"computer_id": False, "deleted_name": computer.name})

    @api.model
    def _take_over(self, former, computer):
        """Merge the periods of two assets that are the same computer.

        No monitor was plugged in or unplugged.

        :param former: maintenance.equipment to drop
        :param computer: maintenance.equipment to keep
        """
        moved = self.search([("computer_id", "=", former.id)])
        moved.computer_id = computer
        for connections in (
            self.search([("monitor_id", "in", moved.monitor_id.ids)])
            .grouped("monitor_id")
            .values()
        ):
            connections.sorted(lambda each: (each.date_from, each.id))._join()
        monitors = former.with_context(active_test=False).monitor_ids
        monitors.with_context(keep_connections=True).computer_id = computer

    def _join(self):
        """Join consecutive periods on the same computer.

        :param self: periods of one monitor, oldest first
        """
        before = self.browse()
        for connection in self:
            is_next = connection.date_from == before.date_to
            if is_next and connection.computer_id == before.computer_id:
                date_to = connection.date_to
                connection.unlink()
                before.date_to = date_to
            else:
                before = connection

    def action_open_computer(self):
        """Open the form of the computer."""
        return self.computer_id._get_records_action()

    def action_open_monitor(self):
        """Open the form of the monitor."""
        return self.monitor_id._get_records_action()
