from . import owner_finder
from . import rule_engine
