from . import scan_batch_importer
from . import change_log_adapter
from . import change_log_inspector
from . import change_log_detector
