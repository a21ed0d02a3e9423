# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import OcsCase
from .rights import OTHER, STRANGERS, RightsMixin
from .rights_names import own_methods

#: What the web client's RPC answers to a user who is logged in, and to nobody.
REFUSED = "odoo.exceptions.AccessError"
NOT_LOGGED_IN = "odoo.http.SessionExpiredException"


@tagged("post_install", "-at_install")
class TestRightsHttp(RightsMixin, OcsCase, HttpCase):
    """Attempts over the web client's RPC and over JSON-2.

    ``test_rights`` tries everything without HTTP. Here, whatever roles without rights
    on company A must not do is tried over both, since a controller may differ from what
    it calls. What users may do needs no repetition, except once.
    """

    def setUp(self):
        super().setUp()
        self.keys = {
            role: self._create_key(user)
            for role, user in self.users.items()
            if role != "Anonymous"
        }

    def _create_key(self, user):
        # sudo: portal users get no keys, but may have had one before
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        return keys._generate("rpc", "Test", tomorrow)

    def test_refused(self):
        for role in (*STRANGERS, OTHER):
            self._log_in(role)
            for model, method in own_methods(self.env, self.addon):
                record = self.record_for(role, "A", model)
                ids, kwargs = self.arguments("A", record, method)
                self._check_refused(role, model, method, ids, kwargs)
            for model in self.limited_models():
                record = self.record_for(role, "A", model)
                for method, kwargs in (
                    ("read", {"fields": ["display_name"]}),
                    ("write", {"vals": self.same_value(record)}),
                    ("unlink", {}),
                ):
                    self._check_refused(role, model, method, record.ids, kwargs)
        self.assertFalse(self.connect.called)

    def test_manager_is_accepted(self):
        self._log_in("OCS manager")
        backend = self.records["A"]["ocs.backend"]
        args = ("ocs.backend", "action_view_computers", backend.ids, {})
        domain = [["backend_id", "=", backend.id]]
        self.assertEqual(self._call_by_web_client(*args)["domain"], domain)
        response = self._call_by_json_2("OCS manager", *args)
        self.assertEqual(response.json()["domain"], domain)

    def _log_in(self, role):
        user = self.users[role]
        if role == "Anonymous":
            self.authenticate(None, None)
        else:
            self.authenticate(user.login, f"{user.login:x<8}")

    @mute_logger("odoo.http")
    def _check_refused(self, role, *args):
        self.env.flush_all()
        anonymous = role == "Anonymous"
        with self.subTest(role=role, args=args, over="the web client's RPC"):
            with self.assertRaises(JsonRpcException) as refused:
                self._call_by_web_client(*args)
            name = NOT_LOGGED_IN if anonymous else REFUSED
            self.assertIn(name, str(refused.exception))
        with self.subTest(role=role, args=args, over="JSON-2"):
            response = self._call_by_json_2(role, *args)
            self.assertEqual(response.status_code, 401 if anonymous else 403)

    def _call_by_web_client(self, model, method, ids, kwargs):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": [ids], "kwargs": kwargs},
        )

    def _call_by_json_2(self, role, model, method, ids, kwargs):
        headers = {"Content-Type": "application/json"}
        if role in self.keys:
            headers["Authorization"] = f"bearer {self.keys[role]}"
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps({"ids": ids, **kwargs}),
            headers=headers,
        )
