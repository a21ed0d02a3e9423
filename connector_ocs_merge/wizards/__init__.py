from . import ocs_merge_wizard
