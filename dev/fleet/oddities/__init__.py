"""Problems of real OCS databases, each made by one function.

Their docstrings describe the causes. ``ODDITIES`` is {name: Oddity}, and
``ids(name, size)`` returns the hardware IDs with an oddity in a fleet of ``size``.
"""

# Importing these modules registers their oddities.
from . import dates, hardware, identity, presence, texts
from .registry import BLOCK, ODDITIES, apply, ids, odd_positions
