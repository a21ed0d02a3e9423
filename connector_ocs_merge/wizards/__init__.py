from . import ocs_merge_batch
from . import ocs_merge_wizard
