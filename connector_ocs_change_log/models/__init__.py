from . import ocs_backend_log_owner
from . import ocs_backend
from . import ocs_import_run
from . import ocs_import_issue
