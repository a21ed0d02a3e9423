from . import ocs_import_request
from . import ocs_account_field
from . import ocs_backend
from . import ocs_computer_binding
from . import maintenance_equipment
