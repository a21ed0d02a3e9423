# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import OcsCase, ocs_computer, ocs_monitor
from .rights_names import is_ours

#: Models without a record rule on companies, and why they need none.
WITHOUT_COMPANY = {
    "ocs.alert": "kinds of changes, the same for all",
    "ocs.section": "tables of OCS, the same for all",
}


@tagged("post_install", "-at_install")
class TestTrustRecordRules(OcsCase):
    """Each model of these addons has a record rule on companies, or needs none."""

    def test_models(self):
        without = set()
        for name, model in self.env.registry.items():
            is_own = is_ours(model._original_module)
            if not is_own or model._abstract:
                continue
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("groups", "=", False)]
            )
            if not any("company" in rule.domain_force for rule in rules):
                self.assertTrue(
                    any("create_uid" in rule.domain_force for rule in rules)
                    or not self.env["ir.model.access"].search(
                        [("model_id.model", "=", name), ("perm_write", "=", True)]
                    )
                )
                without.add(name)
        self.assertEqual(without, WITHOUT_COMPANY.keys())


@tagged("post_install", "-at_install")
class TestTrustReading(OcsCase):
    """Users without a role in OCS read all fields that they are offered."""

    #: models of Odoo that the addon extends, and the groups that read them
    extended = {
        "maintenance.equipment": (
            "base.group_user",
            "maintenance.group_equipment_manager",
        ),
        "maintenance.equipment.category": ("base.group_user",),
        "queue.job": ("queue_job.group_queue_job_manager",),
    }

    def setUp(self):
        super().setUp()
        self.asset = self.import_computer(
            1, ocs_computer(monitors=[ocs_monitor("CN0ABC123")])
        ).odoo_id
        self.backend.action_import_all()

    def readers(self):
        for model, groups in self.extended.items():
            for group in groups:
                with self.subTest(model, group=group):
                    login = f"reader_of_{model}_{group}"
                    groups = f"base.group_user,{group},base.group_allow_export"
                    yield model, new_test_user(self.env, login, groups=groups)

    def record(self, model, user):
        """Return a record that the user may read."""
        if model == "maintenance.equipment":
            (self.asset | self.asset.monitor_ids).message_subscribe(user.partner_id.ids)
            return self.asset.with_user(user)
        record = self.env[model].with_user(user).search([], limit=1)
        self.assertTrue(record)
        return record

    def own_fields(self, record):
        """Return the fields of these addons that the user is offered."""
        return {
            name: description
            for name, description in record.fields_get().items()
            if is_ours(record._fields[name]._module)
        }

    def rpc(self, record, method, *args, **kwargs):
        records = record.browse()
        return call_kw(records, method, [record.ids, *args], kwargs)

    def test_read(self):
        for model, user in self.readers():
            record = self.record(model, user)
            self.env.invalidate_all()
            (values,) = self.rpc(record, "read")
            self.assertLessEqual(set(self.own_fields(record)), values.keys())

    def test_web_read(self):
        for model, user in self.readers():
            record = self.record(model, user)
            self.env.invalidate_all()
            specification = {name: {} for name in self.own_fields(record)}
            found = record.web_search_read([("id", "=", record.id)], specification)
            self.assertEqual(found["length"], 1)

    def test_export(self):
        for model, user in self.readers():
            record = self.record(model, user)
            self.env.invalidate_all()
            names = ["id", *self.own_fields(record)]
            self.assertTrue(self.rpc(record, "export_data", names)["datas"])

    def test_read_group(self):
        for model, user in self.readers():
            record = self.record(model, user)
            for name, field in self.own_fields(record).items():
                if field.get("groupable"):
                    self.env.invalidate_all()
                    grouping = f"{name}:month" if "date" in field["type"] else name
                    record.formatted_read_group([], [grouping], ["__count"])

    def test_links_are_not_offered(self):
        user = new_test_user(self.env, "reader", groups="base.group_user")
        asset = self.record("maintenance.equipment", user)
        for name in ("ocs_bind_ids", "ocs_monitor_bind_ids"):
            self.assertNotIn(name, asset.fields_get())
            with self.subTest(name), self.assertRaises(AccessError):
                asset.read([name])
        manager = new_test_user(
            self.env, "ocs_reader", groups="connector_ocs.group_ocs_user"
        )
        self.assertTrue(self.asset.with_user(manager).read()[0]["ocs_bind_ids"])
