# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib import account


class AccountField(NamedTuple):
    """Column of accountinfo, as defined by the administrator of OCS."""

    column: str
    #: label in the OCS console (accountinfo_config.COMMENT)
    name: str
    #: one of the KINDS of ``lib.account``, 'number' or 'other'
    kind: str
    #: labels of the options: dict {key: label}
    options: dict


class OcsAccountAdapter(Component):
    """Adapter that reads the fields of OCS's administrative data."""

    _name = "ocs.account.adapter"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.account.field"
    _tables = ("accountinfo_config", "config")

    def read_fields(self):
        """Return the fields of computers, in the order of the console.

        Fields of SNMP devices and columns without a definition are not included.

        :return: list of :class:`AccountField` (accountinfo_config, config)
        :raises OcsConfigurationError: names the missing privilege or table
        """
        with self._snapshot():
            columns = self._columns()
            rows = self._query(
                "SELECT ID, NAME_ACCOUNTINFO, TYPE, NAME, COMMENT"
                " FROM accountinfo_config WHERE ACCOUNT_TYPE = 'COMPUTERS'"
                " ORDER BY ID_TAB, SHOW_ORDER, ID"
            )
            options = self._options()
        found = {}
        for row in rows:
            # spelled as in accountinfo: MySQL ignores the case of column names
            column = columns.get(self._column(row).lower())
            if column:
                field = self._field(column, row, options)
                found.setdefault(field.column, field)
        return list(found.values())

    def _column(self, row):
        """Return the name of a field's column in accountinfo.

        Only TAG has one in accountinfo_config.NAME_ACCOUNTINFO; others are numbered.
        """
        return row["NAME_ACCOUNTINFO"] or f"fields_{row['ID']}"

    def _columns(self):
        """Return the columns of accountinfo.

        :return: dict {name in lower case: pair of name and SQL type}
        """
        rows = self._query_as_stored("SHOW COLUMNS FROM accountinfo")
        columns = ((row["Field"], row["Type"]) for row in rows)
        return {each[0].lower(): each for each in columns if account.is_column(each[0])}

    def _field(self, column, row, options):
        name, sql_type = column
        technical = row["NAME"]
        kind = account.kind(row["TYPE"], sql_type)
        has_options = kind in account.KINDS_WITH_OPTIONS
        return AccountField(
            name,
            row["COMMENT"] or technical or name,
            kind,
            options.get(technical.lower(), {}) if has_options else {},
        )

    def _options(self):
        """Return the labels of the options of all fields.

        :return: dict {accountinfo_config.NAME in lower case: {key: label}}
            (config.NAME, IVALUE and TVALUE)
        """
        options = {}
        rows = self._query(
            "SELECT NAME, IVALUE, TVALUE FROM config"
            " WHERE NAME LIKE %s ORDER BY IVALUE, NAME",
            ("ACCOUNT_VALUE_%",),
        )
        for row in rows:
            label = row["TVALUE"]
            field = account.option_field(row["NAME"])
            if field and label and row["IVALUE"] != "":
                options.setdefault(field, {})[str(row["IVALUE"])] = label
        return options
