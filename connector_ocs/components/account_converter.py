# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime, time
from typing import NamedTuple

from odoo.fields import Domain

from odoo.addons.component.core import Component

from ..lib import account
from ..lib.values import local_to_utc


class Target(NamedTuple):
    """What a value of OCS goes to: a field of the asset, or a property."""

    #: type of the field or property
    type: str
    #: what people call it
    label: str
    #: pairs of key and label, of a selection or tags
    choices: tuple = ()
    #: name of the model that a many2one is of
    comodel: str = ""
    #: whether its records must be of the asset's company, or of none
    check_company: bool = False


class OcsAccountConverter(Component):
    """Makes what administrative data hold into what a field of Odoo can hold."""

    _name = "ocs.account.converter"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "account.converter"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: sentences for the technician: what was not taken as OCS has it
        self.warnings = []

    def convert(self, field, text, target, company):
        """The value to write.

        :param field: ocs.account.field
        :param text: str, what its column holds
        :param target: :class:`Target`
        :param company: res.company of the asset, may be empty
        :return: value, empty (False, 0) without content
        :raises Unusable: the target cannot hold it; a warning says so
        """
        try:
            content = account.read(
                field.kind, text, field.options or {}, field.date_order or ""
            )
            convert = getattr(self, f"_to_{target.type}", None)
            if not convert:
                raise account.Unusable("target")
            value = convert(content.value, target, field, company)
        except account.Unusable as error:
            self.warnings.append(self._describe(error.args[0], field, text, target))
            raise
        self.warnings += [self._describe_unknown(field, key) for key in content.unknown]
        return value

    def _to_char(self, value, target, field, company):
        return " ".join(account.as_text(value).splitlines()) or False

    def _to_text(self, value, target, field, company):
        return account.as_text(value) or False

    def _to_html(self, value, target, field, company):
        return account.as_html(value) or False

    def _to_integer(self, value, target, field, company):
        return account.as_integer(value)

    def _to_float(self, value, target, field, company):
        return account.as_number(value)

    def _to_monetary(self, value, target, field, company):
        return account.as_number(value)

    def _to_boolean(self, value, target, field, company):
        return account.as_boolean(value)

    def _to_date(self, value, target, field, company):
        return account.as_date(value, field.date_order or "") or False

    def _to_datetime(self, value, target, field, company):
        """Midnight at the OCS server, in UTC."""
        day = self._to_date(value, target, field, company)
        if not day:
            return False
        midnight = datetime.combine(day, time())
        return local_to_utc(midnight, self.backend_record.tz) or False

    def _to_selection(self, value, target, field, company):
        return account.choose(value, target.choices)

    def _to_tags(self, value, target, field, company):
        labels = value if isinstance(value, tuple) else filter(None, [value])
        return [account.choose(each, target.choices) for each in labels] or False

    def _to_many2one(self, value, target, field, company):
        """The one record that is called so, in the company of the asset."""
        name = account.as_text(value)
        if not name:
            return False
        model = self.env[target.comodel]
        domain = Domain(field._name_field(target.comodel), "=", name)
        if "company_id" in model._fields and (company or target.check_company):
            domain &= Domain(model._check_company_domain(company))
        found = model.search(domain, limit=2)
        if len(found) != 1:
            raise account.Unusable("choice")
        return found.id

    def _describe(self, reason, field, text, target):
        """Sentence about a value that the target cannot hold.

        :param reason: one of :data:`odoo.addons.connector_ocs.lib.account.REASONS`
        """
        return self.env._(
            "Administrative data: “%(value)s” of “%(field)s” does not fit "
            "“%(target)s”: %(why)s. The value in Odoo stays.",
            value=self._words(field, text),
            field=field.name,
            target=target.label,
            why=self._why(reason),
        )

    def _why(self, reason):
        return {
            "date": self.env._("it is no date. Correct it in OCS"),
            "date_order": self.env._(
                "day and month cannot be told apart. Choose their order on the page "
                "Administrative Data of the backend"
            ),
            "number": self.env._("it is no number. Correct it in OCS"),
            "boolean": self.env._("it is neither yes nor no. Correct it in OCS"),
            "choice": self.env._(
                "Odoo has no choice of that name, or several. Create or rename it and "
                "import the computer again, or correct it in OCS"
            ),
            "target": self.env._(
                "nothing can be entered there. Choose another target on the page "
                "Administrative Data of the backend"
            ),
        }[reason]

    def _words(self, field, text):
        """What people know a value by."""
        try:
            content = account.read(
                field.kind, text, field.options or {}, field.date_order or ""
            )
        except account.Unusable:
            return text
        return account.as_text(content.value)

    def _describe_unknown(self, field, key):
        return self.env._(
            "Administrative data: OCS has no label for the value “%(key)s” of "
            "“%(field)s”, the value itself is used. Add the label in the console of "
            "OCS, or choose another value there.",
            key=key,
            field=field.name,
        )
