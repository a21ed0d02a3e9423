from . import ocs_rule_explanation
