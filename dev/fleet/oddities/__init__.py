"""Everything that goes wrong in a real OCS database, one small function for each.

Their docstrings tell what happened in real life. ``ODDITIES`` is {name: Oddity} and
``ids(name, size)`` the hardware ids where an oddity stands in a fleet of ``size``.
"""

# Importing these modules registers their oddities.
from . import dates, hardware, identity, presence, texts
from .registry import BLOCK, ODDITIES, apply, ids, odd_positions
