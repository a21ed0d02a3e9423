from . import maintenance_equipment
from . import ocs_field_ownership
from . import ocs_rule
