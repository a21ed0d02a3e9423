from . import ocs_asset_merge
from . import maintenance_equipment
from . import ocs_field_ownership
from . import ocs_rule
