from . import computer_adapter
from . import chunk_importer
from . import software_importer
