# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Records of each model of the addon, and arguments of its methods."""

from odoo import Command
from odoo.models import MAGIC_COLUMNS

from ..lib.run_lines import Line
from .common import ocs_computer, ocs_monitor

#: Values that a second record must not share, as constraints would come first.
DISTINCT = {
    "ocs.alert": {"code": "another"},
    "ocs.computer.binding": {"external_id": 999},
    "ocs.import.issue": {"external_id": 999},
    "ocs.import.run": {"state": "done"},
    "ocs.import.run.line": {"external_id": 999},
    "ocs.monitor.binding": {"external_id": "ANOTHER"},
    "ocs.section": {"table_name": "another"},
    "ocs.shared.identifier": {"value": "ANOTHER"},
}
#: Models of which no second record can exist beside the first one.
REPLACED = (
    "maintenance.equipment.connection",
    "ocs.field.ownership",
    "ocs.matching.key",
)


class RecordsMixin:
    """Mixin that creates a record of each model of the addon."""

    def create_records(self, company):
        """Create the records of a company.

        :param company: "A" or "B"
        :return: dict {model: record}
        """
        self.backend = self.env["ocs.backend"].create(
            {
                "name": f"OCS of {company}",
                "company_id": self.companies[company].id,
                "host": f"{company}.invalid",
                "user": "odoo_reader",
                "password": f"secret of {company}",
                "tz": "UTC",
                "version": "2.9.1",
            }
        )
        records = [
            self.backend,
            self.backend.ownership_ids[0],
            self.backend.matching_key_ids[0],
            self.env["ocs.alert"].search([], limit=1),
            self.env["ocs.section"].search([], limit=1),
            *self._create_settings(),
            *self._import(company),
        ]
        return {record._name: record for record in records}

    def _create_settings(self):
        mine = {"backend_id": self.backend.id}
        return [
            self.env["ocs.shared.identifier"].create(
                {**mine, "field": "ocs_serial", "value": "SHARED"}
            ),
        ]

    def _import(self, company):
        first, *_others = self._import_computers(company)
        run = self.env["ocs.import.run"].create(
            {
                "backend_id": self.backend.id,
                "origin": "button",
                "state": "waiting",
                "message": "Please approve.",
            }
        )
        run.line_ids._add(run, [Line(first.external_id, first.name, "new")])
        preview = self.env["ocs.import.preview"].create(
            {
                "backend_id": self.backend.id,
                "state": "done",
                "line_ids": [Command.create({"external_id": 9, "outcome": "skip"})],
            }
        )
        monitor = first.odoo_id.monitor_ids
        issue = self.env["ocs.import.issue"]._record(
            self.backend, 9, "ambiguous", name="PC-9"
        )
        issue.candidate_ids = first.odoo_id
        return [
            first,
            first.odoo_id,
            first.component_ids[:1],
            monitor.ocs_monitor_bind_ids,
            monitor.connection_ids,
            run,
            run.line_ids,
            preview,
            preview.line_ids,
            issue,
        ]

    def _import_computers(self, company):
        """Import three computers that have nothing in common with those of another."""
        code = ord(company)
        for number in (1, 2, 3):
            serial = f"CN{code}ABC{number}"
            name = f"PC-{company}-{number}"
            self.ocs[number] = ocs_computer(
                hardware={
                    "NAME": name,
                    "DEVICEID": f"{name}-2024-01-15-10-00-00",
                    "UUID": f"4C4C4544-0042-{code}10-8052-{number:012X}",
                },
                bios={"SSN": f"5CG{code}{number}XYZ"},
                monitors=[ocs_monitor(serial)],
                videos=[
                    {"NAME": "Card 1", "CHIPSET": "", "MEMORY": "", "RESOLUTION": ""}
                ],
            )
        return [self.import_computer(number) for number in (1, 2, 3)]

    def record_for(self, role, company, model):
        """Return the record of a model that belongs to a company.

        A wizard belongs to the user, but refers to records of that company: users can
        write any value into their own wizards.

        :return: record with superuser rights
        """
        if not self.env[model]._transient:
            self.assertIn(model, self.records[company], "create_records lacks it.")
            return self.records[company][model]
        wizards = self.env[model].with_user(self.users[role]).sudo()
        return wizards.create(self._wizard_values(wizards, company))

    def _wizard_values(self, wizards, company):
        """Return the values of a wizard on records of a company.

        :param wizards: empty recordset
        """
        raise NotImplementedError

    def values_of_another(self, record):
        """Return values for another record like this one."""
        (values,) = record.copy_data()
        return values | DISTINCT.get(record._name, {})

    def make_room(self, record):
        """Delete a record whose values another one cannot have."""
        if record._name in REPLACED:
            record.unlink()

    def arguments(self, company, record, method):
        """Return how a method is called on a record.

        :return: (list of ids, dict of keyword arguments)
        """
        if method == "onchange":
            return [], self._onchange_arguments(record)
        issue = self.records[company].get("ocs.import.issue")
        kwargs = {
            "action_reset_to_ocs": lambda: {"names": ["name"]},
            "action_ocs_link": lambda: {"context": {"ocs_issue_id": issue.id}},
        }
        return record.ids, kwargs.get(method, dict)()

    def _onchange_arguments(self, wizard):
        """Return the arguments with which a form computes all fields of a wizard."""
        entered = [
            name
            for name, field in wizard._fields.items()
            if field.store and name not in MAGIC_COLUMNS and field.type != "one2many"
        ]
        values = wizard.read(entered, load=None)[0]
        del values["id"]
        return {
            "values": {
                name: [[6, 0, value]] if isinstance(value, list) else value
                for name, value in values.items()
            },
            "field_names": entered,
            "fields_spec": {name: {} for name in wizard._fields},
        }
