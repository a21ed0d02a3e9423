from . import ocs_software_mixin
from . import ocs_software
from . import ocs_software_version
from . import ocs_software_installation
from . import maintenance_equipment
