# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .cases import ids, screens, spellings, swaps, twins
from .cases.case import CasesCase, InChunks, InReverse, with_cases
from .scale import FULL


@tagged("post_install", "-at_install")
@with_cases(ids, twins, swaps, spellings, screens)
class TestTables(CasesCase):
    """All cases in one database; ``FULL=1 make test`` also runs each on its own."""

    backend_values = {"approval_percent": 0}

    def test_all_at_once(self):
        self.check(*self.cases.values())


@tagged("post_install", "-at_install")
class TestTablesInOtherWays(InChunks, InReverse, TestTables):
    """The same test in chunks, in the opposite order."""


if FULL:

    @tagged("post_install", "-at_install")
    class TestTablesInChunks(InChunks, TestTables):
        """The same tests with every import in chunks."""

    @tagged("post_install", "-at_install")
    class TestTablesInReverse(InReverse, TestTables):
        """The same tests with jobs in the opposite order."""
