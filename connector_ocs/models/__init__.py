from . import ocs_backend
from . import ocs_backend_import
from . import ocs_binding
from . import ocs_computer_binding
from . import ocs_monitor_binding
from . import ocs_import_issue
from . import maintenance_equipment
from . import queue_job
