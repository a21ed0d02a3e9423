from . import test_hooks
from . import test_merge
from . import test_translations
from . import test_owner
from . import test_rights
