from . import owner_finder
from . import rule_engine
from . import company_finder
from . import rule_filter
from . import rule_source
