from . import test_access
from . import test_components
from . import test_connections
from . import test_hardware_tour
from . import test_sizes
from . import test_translations
from . import test_usage
