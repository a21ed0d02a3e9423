from . import maintenance_equipment_component
from . import maintenance_equipment_connection
from . import maintenance_equipment
