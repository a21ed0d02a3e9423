# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Conversion of administrative data to values of Odoo fields, with warnings."""

from datetime import datetime, time
from typing import NamedTuple

from odoo.fields import Domain

from odoo.addons.connector_ocs.lib.values import local_to_utc

from . import account


class Target(NamedTuple):
    """Destination of a value of OCS: a field or a property of the asset."""

    #: type of the field or property
    type: str
    #: label shown to users
    label: str
    #: pairs of key and label of a selection or of tags
    choices: tuple = ()
    #: name of the model that a many2one refers to
    comodel: str = ""
    #: whether its records must belong to the asset's company or to none
    check_company: bool = False


class AccountConverter:
    """Converter of the administrative data of one computer.

    :param backend: ocs.backend
    """

    def __init__(self, backend):
        self.env = backend.env
        self._backend = backend
        #: messages for the technician about values not imported as they are in OCS
        self.warnings = []

    def convert(self, field, text, target, company):
        """Return the value to write.

        :param field: ocs.account.field
        :param text: str, content of its column
        :param target: :class:`Target`
        :param company: res.company of the asset, may be empty
        :return: value; False or 0 without content
        :raises Unusable: the target cannot hold the value; a warning is added
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
        """Return midnight in the time zone of the OCS server, in UTC."""
        day = self._to_date(value, target, field, company)
        if not day:
            return False
        midnight = datetime.combine(day, time())
        return local_to_utc(midnight, self._backend.tz) or False

    def _to_selection(self, value, target, field, company):
        return account.choose(value, target.choices)

    def _to_tags(self, value, target, field, company):
        labels = value if isinstance(value, tuple) else filter(None, [value])
        return [account.choose(each, target.choices) for each in labels] or False

    def _to_many2one(self, value, target, field, company):
        """Return the ID of the only record with that name in the asset's company."""
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
        """Return a warning about a value that the target cannot hold.

        :param reason: that of :class:`.account.Unusable`
        """
        return self.env._(
            "Administrative data: the value “%(value)s” of “%(field)s” cannot be "
            "stored in “%(target)s” because %(why)s. The value in Odoo was not "
            "changed.",
            value=self._display_text(field, text),
            field=field.name,
            target=target.label,
            why=self._explain(reason),
        )

    def _explain(self, reason):
        """Return the end of a sentence: the cause, and what to do."""
        return {
            "date": self.env._("it is not a date. Correct it in OCS"),
            "date_order": self.env._(
                "the order of day and month is ambiguous. Choose the “Date Order” of "
                "the field, an optional column on the “Administrative Data” page of "
                "the backend"
            ),
            "number": self.env._("it is not a number. Correct it in OCS"),
            "boolean": self.env._("it is neither yes nor no. Correct it in OCS"),
            "choice": self.env._(
                "Odoo has no choice with that name, or more than one. Create or rename "
                "it and import the computer again, or correct the value in OCS"
            ),
            "target": self.env._(
                "imports cannot fill it. Choose another target on the "
                "“Administrative Data” page of the backend"
            ),
        }[reason]

    def _display_text(self, field, text):
        """Return a value as users see it in OCS."""
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
            "“%(field)s”, so the value itself was imported. Add the label in the OCS "
            "console, or choose another value there.",
            key=key,
            field=field.name,
        )
