from . import ocs_change_log_wizard
