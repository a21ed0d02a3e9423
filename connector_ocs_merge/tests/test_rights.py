# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_rights_http
from odoo.addons.connector_ocs.tests.common import OcsCase
from odoo.addons.connector_ocs.tests.rights_case import RightsTableMixin

from .rights import MergeRightsMixin


@tagged("post_install", "-at_install")
class TestRights(MergeRightsMixin, RightsTableMixin, OcsCase):
    """Who may what in this addon."""


@tagged("post_install", "-at_install")
class TestRightsHttp(MergeRightsMixin, test_rights_http.TestRightsHttp):
    """Attempts over the web client's RPC and over JSON-2."""

    allow_inherited_tests_method = True


@tagged("post_install", "-at_install")
class TestMovedAsset(MergeRightsMixin, OcsCase):
    """One of the merged assets belongs to another company now."""

    def test_undo_with_an_asset_moved_to_another_company(self):
        """Undoing a merge changes all of its assets, also those moved meanwhile."""
        merge = self.records["A"]["ocs.asset.merge"]
        merge.merged_ids.company_id = self.companies["B"]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            merge.with_user(self.users["OCS manager"]).action_undo()
        self.assertEqual(merge.state, "done")
