from . import computer_adapter
from . import page_importer
from . import software_importer
