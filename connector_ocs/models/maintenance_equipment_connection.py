# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class MaintenanceEquipmentConnection(models.Model):
    """A monitor on a computer for some time."""

    _name = "maintenance.equipment.connection"
    _description = "Monitor on a Computer"
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
        help="Empty when the asset of the computer was deleted.",
    )
    deleted_name = fields.Char(
        string="Deleted Computer",
        readonly=True,
        help="Name of a computer whose asset was deleted.",
    )
    computer_name = fields.Char(compute="_compute_computer_name", compute_sudo=True)
    date_from = fields.Datetime(
        string="Plugged In",
        required=True,
        readonly=True,
        help="Date of the inventory that reported the monitor on this computer first, "
        "or when somebody attached it.",
    )
    date_to = fields.Datetime(
        string="Unplugged",
        readonly=True,
        help="Date of the inventory that did not report it there any more, or "
        "reported it elsewhere. Empty: it is plugged in.",
    )
    company_id = fields.Many2one(related="monitor_id.company_id", store=True)

    _open_uniq = models.UniqueIndex(
        "(monitor_id) WHERE date_to IS NULL",
        "A monitor is plugged in to one computer at a time.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)",
        "A monitor is unplugged after it was plugged in.",
    )

    @api.depends("computer_id.name", "deleted_name")
    def _compute_computer_name(self):
        for connection in self:
            connection.computer_name = connection.computer_id.name or self.env._(
                "%s (deleted)", connection.deleted_name
            )

    @api.model
    def _date(self):
        """When what is being written happened: an import knows it, a person is now.

        Key ``ocs_seen`` of the context.
        """
        return self.env.context.get("ocs_seen") or fields.Datetime.now()

    def _date_on(self, computer):
        """The same for what happens on one of several computers.

        Key ``ocs_seen_on`` of the context, dict {id of the computer's asset: datetime}.
        """
        dates = self.env.context.get("ocs_seen_on", {})
        return dates.get(computer.id) or self._date()

    @api.model
    def _find_last(self, monitor):
        """The period of a monitor that began last."""
        return self.search([("monitor_id", "=", monitor.id)], limit=1)

    @api.model
    def _follow(self, monitors):
        """Close and open periods, so that they say where monitors are now.

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
        self._start(plugged, self._earliest(plugged))

    @api.model
    def _start(self, monitors, dates=None):
        """Open a period for each monitor, where it is now.

        :param dates: dict {monitor: naive datetime in UTC}; without, they are new
        """
        self.create(
            [
                {
                    "monitor_id": monitor.id,
                    "computer_id": monitor.computer_id.id,
                    # what it would be computed to by another statement
                    "company_id": monitor.company_id.id,
                    "date_from": dates[monitor]
                    if dates
                    else self._date_on(monitor.computer_id),
                }
                for monitor in monitors
            ]
        )

    def _earliest(self, monitors):
        """A monitor is on one computer after the other, whatever the clocks say.

        :return: dict {monitor: naive datetime in UTC}
        """
        groups = self._read_group(
            [("monitor_id", "in", monitors.ids)], ["monitor_id"], ["date_to:max"]
        )
        last = dict(groups)
        date = self._date()
        return {monitor: max(date, last.get(monitor) or date) for monitor in monitors}

    def _close(self):
        """The monitors are not there any more."""
        for connection in self:
            connection.date_to = max(self._date(), connection.date_from)
        self.flush_recordset(["date_to"])  # before another one is opened

    @api.model
    def _forget(self, computer):
        """The asset of a computer is about to be deleted; its monitors tell of it."""
        connections = self.search([("computer_id", "=", computer.id)])
        connections.filtered(lambda each: not each.date_to)._close()
        connections.write({"computer_id": False, "deleted_name": computer.name})

    @api.model
    def _take_over(self, former, computer):
        """Two assets were one computer all the time: nothing was plugged.

        :param former: maintenance.equipment that goes
        :param computer: maintenance.equipment that stays
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
        monitors.with_context(ocs_same_computer=True).computer_id = computer

    def _join(self):
        """Make one period of those that follow each other on one computer.

        :param self: periods of one monitor, the first one first
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
        """The form of the computer."""
        return self.computer_id._get_records_action()

    def action_open_monitor(self):
        """The form of the monitor."""
        return self.monitor_id._get_records_action()
