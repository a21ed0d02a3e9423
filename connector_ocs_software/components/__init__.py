from . import computer_adapter
from . import software_importer
