# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Attempts to call models and methods over RPC as each role, on real records."""

from unittest import mock

from pymysql import OperationalError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from .rights_names import OPERATIONS, own_models
from .rights_records import RecordsMixin
from .runs import RunMixin

#: Roles of company A by their groups; the last one belongs to company B.
ROLES = {
    "Anonymous": None,
    "Portal": "base.group_portal",
    "Internal": "base.group_user",
    "Maintenance": "maintenance.group_equipment_manager",
    "OCS user": "connector_ocs.group_ocs_user",
    "OCS manager": "connector_ocs.group_ocs_manager",
    "Other manager": "connector_ocs.group_ocs_manager",
}
#: Manager of the other company.
OTHER = "Other manager"

#: Roles that have nothing to do with OCS.
STRANGERS = ("Anonymous", "Portal", "Internal")

#: Types whose own value can be written again.
PLAIN_TYPES = ("boolean", "char", "date", "integer", "selection", "text")


class _Undo(Exception):
    """Exception that undoes a successful attempt."""


class RightsMixin(RecordsMixin, RunMixin):
    """Mixin with a user for each role, and records of the companies A and B.

    The records are those of :class:`RecordsMixin`.
    """

    #: addon whose models and methods are tried
    addon = "connector_ocs"
    #: models whose records belong to no company
    shared = ("ocs.alert", "ocs.section")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].create([{"name": "A"}, {"name": "B"}])
        cls.companies = dict(zip("AB", companies, strict=True))
        cls.users = {
            role: cls._create_user(role, groups, "B" if role == OTHER else "A")
            for role, groups in ROLES.items()
        }

    @classmethod
    def _create_user(cls, role, groups, company):
        if not groups:
            return cls.env.ref("base.public_user")
        return new_test_user(
            cls.env,
            role.lower().replace(" ", "_"),
            groups=groups,
            company_id=cls.companies[company].id,
            company_ids=[(6, 0, cls.companies[company].ids)],
        )

    def setUp(self):
        super().setUp()
        self.records = {name: self.create_records(name) for name in "AB"}
        self.env.flush_all()
        #: how often a session on OCS was about to be opened with stored credentials
        self.connect = self.startPatcher(
            mock.patch(
                "odoo.addons.connector_ocs.lib.client.connect",
                side_effect=OperationalError(2003, "No OCS in this test."),
            )
        )

    def limited_models(self):
        """Return the names of the models whose records belong to a company."""
        skipped = set(self.shared)
        return [
            each for each in own_models(self.env, self.addon) if each not in skipped
        ]

    # Attempts

    def attempt(self, role, call):
        """Return whether a user of a role gets past the access control.

        Nothing of what the call does is kept, whether it succeeds or fails.

        :param call: function to which the environment of the user is passed
        """
        self.connect.reset_mock()
        self.env.invalidate_all()  # what is in the cache is read without a check
        try:
            with self.env.cr.savepoint():
                call(self.env(user=self.users[role].id, su=False, context={}))
                self.env.flush_all()
                raise _Undo
        except (AccessError, MissingError):
            message = f"{role}: OCS was accessed before the access rights were checked."
            self.assertFalse(self.connect.called, message)
            return False
        except (_Undo, UserError):
            return True

    def call(self, role, company, model, method):
        """Return whether a role may call a method on the record of a company."""
        record = self.record_for(role, company, model)
        ids, kwargs = self.arguments(company, record, method)
        return self.attempt(
            role, lambda env: call_kw(env[model], method, [ids], kwargs)
        )

    def operate(self, role, company, model, letter):
        """Return whether a role may read, write, create or delete such a record.

        :param letter: key of OPERATIONS
        """
        record = self.record_for(role, company, model)
        method = OPERATIONS[letter]
        prepare = {
            "read": lambda: [record.ids, [*self.same_value(record)]],
            "write": lambda: [record.ids, self.same_value(record)],
            "create": lambda: [self.values_of_another(record)],
            "unlink": lambda: [record.ids],
        }
        args = prepare[method]()

        def call(env):
            if method == "create":
                self.make_room(record)
            call_kw(env[model], method, args, {})

        return self.attempt(role, call)

    def same_value(self, record):
        """Return the value of one of the fields, to write it again."""
        name = next(
            name
            for name, field in record._fields.items()
            if field.type in PLAIN_TYPES
            and field.store
            and name not in MAGIC_COLUMNS
            and not (field.compute or field.groups or field.inherited)
        )
        return {name: record[name]}
