from . import ocs_rule_scope
from . import ocs_rule
from . import ocs_rule_condition
from . import ocs_rule_target
from . import ocs_backend
from . import ocs_computer_binding
from . import ocs_import_issue
from . import maintenance_equipment
