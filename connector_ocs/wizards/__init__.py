from . import ocs_change_log_wizard
from . import ocs_merge_wizard
