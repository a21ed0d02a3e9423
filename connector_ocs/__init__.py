from . import components
from . import models
from .hooks import uninstall_hook
