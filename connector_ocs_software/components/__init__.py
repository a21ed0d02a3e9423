from . import computer_adapter
from . import bulk_importer
from . import software_importer
