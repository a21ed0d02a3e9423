from . import owner_finder
from . import rule_engine
from . import company_finder
from . import filter_rule
from . import rule_source
