# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import subprocess

from hypothesis import example, given

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib.quoting import quote_name
from odoo.addons.connector_ocs.tests.fuzzing import fuzz_sql
from odoo.addons.connector_ocs.tests.live import server
from odoo.addons.connector_ocs.tests.test_fuzz_sql import NAMES, FuzzSqlCase

from ..lib.change_log_script import script


@tagged("post_install", "-at_install")
class TestFuzzScript(FuzzSqlCase):
    """The file for an administrator, with random names."""

    @fuzz_sql
    @given(NAMES, NAMES)
    @example("$$", "a$$b")
    @example("a\nDROP TABLE canary;\n", "\\! false")
    def test_script(self, table, other):
        """The file for an administrator runs the statements, and nothing else."""
        statements = [f"CREATE TABLE {quote_name(name)} (id INT)" for name in (table,)]
        undo = [f"DROP TABLE {quote_name(other)}"]
        where = server()
        subprocess.run(
            [
                where["client"],
                "--no-defaults",
                f"--host={where['host']}",
                f"--port={where['port']}",
                f"--user={where['user']}",
                "--protocol=TCP",
                "--default-character-set=utf8mb4",
            ],
            env={"MYSQL_PWD": where["password"]},
            input=script("install", self.database, statements, undo).encode(),
            capture_output=True,
        )
        self.assert_intact()
        created = {next(iter(row.values())) for row in self.sql("SHOW TABLES")}
        created -= {"canary", "fuzz", *self.tables}
        for name in created:
            self.sql(f"DROP TABLE {quote_name(name)}")
        # the client reads the ends of lines of all operating systems
        self.assertLessEqual(created, {table.replace("\r\n", "\n")})
        if table.isalpha():
            self.assertEqual(created, {table})
