from . import maintenance_equipment
from . import ocs_rule
