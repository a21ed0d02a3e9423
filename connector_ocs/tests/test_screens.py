# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ocs_computer, ocs_monitor
from .trust import CompaniesCase

#: Models without a company: their records are shared by all companies.
SHARED_MODELS = ("ocs.alert", "ocs.section", "ocs.software", "ocs.software.version")


@tagged("post_install", "-at_install")
class TestScreens(CompaniesCase):
    """Users open every view that they have access to, with all its records."""

    #: models whose company is a value that they set, not the company they belong to
    company_setters = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_backend = cls.backend.copy(
            {"name": "OCS of the other", "company_id": cls.other_company.id}
        )
        groups = {
            "user": "connector_ocs.group_ocs_user",
            "technician": "maintenance.group_equipment_manager",
            "follower": "base.group_user",
            "manager": "connector_ocs.group_ocs_manager",
        }
        other_company = {
            "company_id": cls.other_company.id,
            "company_ids": [(6, 0, cls.other_company.ids)],
        }
        cls.users = {
            name: new_test_user(cls.env, f"screens_{name}", groups=group)
            for name, group in groups.items()
        }
        for name, group in groups.items():
            cls.users[f"{name} there"] = new_test_user(
                cls.env, f"screens_{name}_there", groups=group, **other_company
            )

    def setUp(self):
        super().setUp()
        self.configure()
        for number, tag in enumerate(("Paris", "Moved", "Attic"), start=1):
            self.import_tagged(number, tag)
        backend, self.backend = self.backend, self.other_backend
        self.addCleanup(setattr, self, "backend", backend)
        self.import_tagged(4, "Paris")
        self.backend = backend
        # after their import, one is moved and another one is excluded
        self.import_tagged(1, "Paris")
        self.import_tagged(5, "Paris")
        self.import_tagged(6, "Paris")
        self.import_tagged(5, "Moved")
        self.import_tagged(6, "Attic")
        # moved when it was imported, and excluded since
        self.import_tagged(2, "Attic")
        for number in (1, 2, 5):
            asset = self.binding(number).odoo_id
            for name in ("follower", "follower there"):
                asset.message_subscribe(self.users[name].partner_id.ids)
            asset.write({"location": "Elsewhere"})
        self.env.flush_all()

    def configure(self):
        """Exclude the TAG *Attic*."""
        self.backend.tag_exclude = "Attic"

    def import_tagged(self, number, tag):
        """Import a computer, and move the asset of one with the TAG *Moved*."""
        binding = self.import_computer(number, self.computer(number, tag))
        if tag == "Moved":
            binding.odoo_id.company_id = self.other_company

    def computer(self, number, tag):
        return ocs_computer(
            hardware={"NAME": f"PC-{number}", "USERID": "screens_user"},
            bios={"SSN": f"SSN0{number}TEST"},
            accountinfo={"TAG": tag},
            monitors=[ocs_monitor(f"CN0ABC{number}"), ocs_monitor("")],
            memories=[
                {
                    "CAPTION": "",
                    "DESCRIPTION": "",
                    "CAPACITY": 8192,
                    "TYPE": "DDR4",
                    "SPEED": "",
                    "NUMSLOTS": 1,
                    "SERIALNUMBER": "",
                }
            ],
        )

    def views(self, model):
        found = self.env["ir.ui.view"].search(
            [("model", "=", model), ("mode", "=", "primary")]
        )
        return found.filtered(lambda view: view.type in ("list", "form", "kanban"))

    def specification(self, node, model):
        """Return the specification of ``web_read`` that the web client sends."""
        specification = {}
        for each in node.iterfind(".//field"):
            if any(ancestor.tag == "field" for ancestor in self.ancestors(each, node)):
                continue
            field = model._fields[each.get("name")]
            specification[field.name] = self.field_specification(each, field, model)
        return specification

    def ancestors(self, node, root):
        while node.getparent() is not None and node.getparent() is not root:
            node = node.getparent()
            yield node

    def field_specification(self, node, field, model):
        if field.type in ("many2one", "many2many") and len(node) == 0:
            return {"fields": {"display_name": {}}}
        if field.type in ("one2many", "many2many") and len(node):
            comodel = model.env[field.comodel_name]
            fields = {}
            for view in node:
                if view.tag in ("list", "kanban", "form"):
                    fields.update(self.specification(view, comodel))
            return {"fields": fields}
        return {}

    def models(self):
        """Return the names of all models with views to open."""
        names = [
            name
            for name, model in self.env.items()
            if name.startswith("ocs.") or name.startswith("maintenance.equipment")
        ]
        return [name for name in sorted(names) if not self.env[name]._abstract]

    def test_every_view_opens(self):
        for who, user in self.users.items():
            company = user.company_id
            for name in self.models():
                model = self.env[name].with_user(user)
                if not model.has_access("read"):
                    continue
                for view in self.views(name):
                    with self.subTest(who, view=view.xml_id):
                        self.env.invalidate_all()
                        self.open(model, view, company)

    def open(self, model, view, company):
        try:
            arch = model.get_view(view.id, view.type)["arch"]
        except AccessError:
            if view.group_ids:
                return
            raise
        specification = self.specification(etree.fromstring(arch), model)
        model = model.with_context(active_test=False)
        if view.type == "form":
            found = model.search([])
            for record in found:
                self.env.invalidate_all()
                record.web_read(specification)
        else:
            rows = model.web_search_read([], specification)["records"]
            found = model.browse([row["id"] for row in rows])
        company_field = model._fields.get("company_id")
        if company_field and model._name not in self.company_setters:
            self.assertLessEqual(found.sudo().company_id, company)

    def test_origin_of_an_asset_of_another_company(self):
        user = self.users["manager there"]
        asset = self.binding(5).odoo_id.with_user(user)
        self.assertEqual(asset.ocs_bind_ids.external_id, 5)
        with self.assertRaises(AccessError):
            asset.action_ocs_import_now()

    def test_every_model_has_access_rights_and_a_record_rule(self):
        for name in self.models():
            domain = [("model_id.model", "=", name)]
            with self.subTest(name):
                self.assertTrue(self.env["ir.model.access"].search(domain))
                if name not in SHARED_MODELS:
                    self.assertTrue(self.env["ir.rule"].search(domain))

    def test_technicians_edit_assets(self):
        """They need no access rights on the models of OCS."""
        for who in ("technician", "technician there"):
            user = self.users[who]
            found = (
                self.env["maintenance.equipment"]
                .with_user(user)
                .search([("name", "=like", "PC-%")])
            )
            self.assertTrue(found)
            for asset in found:
                with self.subTest(who, asset=asset.name):
                    asset.copy()
                    asset.write({"location": "Lab", "technician_user_id": user.id})
                    monitors = asset.monitor_ids
                    monitors[:1].write({"computer_id": False})
                    asset.write({"active": False})
                    asset.write({"active": True})
                    monitors[1:].unlink()
                    asset.unlink()
                    self.env.flush_all()

    def test_users_cannot_press_buttons_of_managers(self):
        run = self.start_run()
        asset = self.binding(1).odoo_id
        for record, method in (
            (self.backend, "action_test_connection"),
            (self.backend, "action_import_changed"),
            (self.backend, "action_import_all"),
            (self.backend, "action_approve_run"),
            (self.backend, "action_cancel_run"),
            (run, "action_approve"),
            (run, "action_cancel"),
            (run, "action_retry_failed"),
            (self.issue(3), "action_retry"),
            (self.issue(3), "action_ignore"),
            (self.issue(3), "action_import_again"),
            (self.issue(3), "action_create_asset"),
            (asset.with_context(ocs_issue_id=self.issue(3).id), "action_ocs_link"),
            (asset, "action_ocs_import_now"),
        ):
            for who in ("user", "technician", "follower"):
                as_user = record.with_user(self.users[who])
                with self.subTest(method, who=who), self.assertRaises(AccessError):
                    getattr(as_user, method)()

    def test_users_see_records(self):
        user = self.users["user"]
        for name in ("maintenance.equipment", "ocs.computer.binding"):
            self.assertTrue(self.env[name].with_user(user).search([]))
