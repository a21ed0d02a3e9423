from . import test_blacklists
from . import test_cases_users
from . import test_chunk_planner
from . import test_decisions
from . import test_duplicates
from . import test_export
from . import test_hooks
from . import test_merge
from . import test_merge_computers
from . import test_merge_several
from . import test_merge_tour
from . import test_merge_undo
from . import test_monitor_rebind
from . import test_replaced
from . import test_replacement
from . import test_rights
from . import test_screens
from . import test_translations
from . import test_trust

from odoo.addons.connector_ocs.tests.live import REPOSITORY

if (REPOSITORY / "dev").is_dir():  # these tests use dev to write to OCS
    from . import test_known_histories
