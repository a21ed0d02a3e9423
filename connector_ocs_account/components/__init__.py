from . import computer_adapter
from . import account_adapter
from . import account_source
from . import account_property_importer
