# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Base class of tests that compare the named privileges with those that are used."""

import re
from pathlib import Path
from unittest import mock

from odoo.modules import get_module_path

from ..lib.client import OcsClient
from .test_adapter_errors import ConnectionCase

_TABLES = re.compile(r"\b(?:FROM|JOIN) ([a-z_]+)(?![\w.])")
_GRANTS = re.compile(r"GRANT SELECT ON ocsweb\.(\w+) TO")


class ReadingCase(ConnectionCase):
    """Test case of what an addon reads in OCS."""

    #: addon whose tables are compared
    addon = "connector_ocs"

    def read_tables(self):
        """Return the tables that Odoo names, with those of all installed addons."""
        with self.backend.work_on("ocs.backend") as work:
            return work.component(usage="backend.adapter").read_tables()

    def named(self):
        """Return the tables that Odoo names because of this addon."""
        own, others = set(), set()
        with self.backend.work_on("ocs.backend") as work:
            adapters = work.components_registry.lookup(self.backend._name)
        for each in adapters:
            tables = own if each._module == self.addon else others
            tables.update(getattr(each, "_tables", ()))
        if self.addon == "connector_ocs":  # it reads the sections, too
            return sorted(set(self.read_tables()) - (others - own))
        return sorted(own - others)

    def used(self, action):
        """Return the tables of OCS that a function reads."""
        used, query = set(), OcsClient.query

        def watch(client, sql, parameters=()):
            used.update(_TABLES.findall(sql))
            return query(client, sql, parameters)

        with mock.patch.object(OcsClient, "query", watch):
            action()
        return used & {row[next(iter(row))] for row in self.sql("SHOW TABLES")}

    def documentation(self):
        path = Path(get_module_path(self.addon)) / "readme" / "INSTALL.md"
        return path.read_text()

    def documented(self):
        """Return the tables whose privilege the documentation of the addon grants."""
        return _GRANTS.findall(self.documentation())
