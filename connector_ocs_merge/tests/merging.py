# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Two assets of one machine, with the records that users linked to them."""

from odoo.fields import Command

from odoo.addons.connector_ocs.tests.runs import RunCase

ASSET = "maintenance.equipment"
#: Fields that change with every write.
NOT_COMPARED = (
    "write_date",
    "write_uid",
    "import_request",
    "import_requested_on",
    "import_state",
    "sync_date",
    "id",
)


class MergeCase(RunCase):
    """Test case with the imported computers 1 and 2."""

    def setUp(self):
        super().setUp()
        self.one, self.two = (binding.odoo_id for binding in self.fill(1, 2))
        self.assets = self.one | self.two

    def use(self, asset):
        """Create the records that users link to an asset, and return them."""
        name = asset.name
        request = self.env["maintenance.request"].create(
            {"name": f"Repair {name}", "equipment_id": asset.id}
        )
        attachment = self.env["ir.attachment"].create(
            {"name": f"{name}.txt", "res_model": ASSET, "res_id": asset.id}
        )
        message = asset.message_post(body=f"Cleaned {name}.")
        activity = asset.activity_schedule("mail.mail_activity_data_todo")
        partner = self.env["res.partner"].create({"name": f"Follower of {name}"})
        asset.message_subscribe(partner.ids)
        monitor = self.env[ASSET].create(
            {"name": f"Monitor of {name}", "computer_id": asset.id}
        )
        return request, attachment, message, activity, partner, monitor

    def merge(self, destination=None, others=None):
        """Merge assets into the destination.

        :return: the merge
        """
        destination = destination or self.one
        others = others or self.assets - destination
        return self.env["ocs.asset.merge"]._merge(destination, others)

    def undo(self, merge):
        merge.action_undo()
        self.env.flush_all()
        self.env.invalidate_all()

    def snapshot(self):
        """Return the stored values of the assets and of what refers to them.

        Messages about merges are skipped: they remain after an undo.

        :return: dict {(model, id or external_id): dict of values}
        """
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for model, domain in (
            (ASSET, []),
            ("maintenance.request", []),
            ("ir.attachment", [("res_model", "=", ASSET)]),
            ("mail.message", [("model", "=", ASSET), ("body", "not ilike", "merge")]),
            ("mail.activity", [("res_model", "=", ASSET)]),
            ("mail.followers", [("res_model", "=", ASSET)]),
            ("maintenance.equipment.connection", []),
            ("maintenance.equipment.component", []),
            ("ocs.computer.binding", []),
            ("ocs.monitor.binding", []),
            ("ocs.import.issue", []),
        ):
            for record in (
                self.env[model].with_context(active_test=False).search(domain)
            ):
                key = record.external_id if "external_id" in record else record.id
                found[model, key] = self.stored(record)
        return found

    def stored(self, record):
        """Return the stored values of a record, except those that always change."""
        names = [
            name
            for name, field in record._fields.items()
            if field.store
            and name not in NOT_COMPARED
            and field.type not in ("one2many", "binary")
        ]
        return record.read(names, load=None)[0] | {"id": None}

    def same_serial(self, number, of):
        """Return a computer with the serial number of another one."""
        serial = self.ocs[of]["bios"]["SSN"]
        return self.machine(number, bios={"SSN": serial})

    def set_properties(self, asset, **values):
        """Set properties of an asset, after defining them on its category."""
        asset.category_id.equipment_properties_definition = [
            {"name": name, "type": "char", "string": name} for name in ("color", "room")
        ]
        asset.equipment_properties = values

    def create_asset(self, **values):
        self.env.flush_all()  # serial numbers are unique
        return self.env[ASSET].create({"name": "Manual", **values})

    def command_set(self, records):
        return [Command.set(records.ids)]
