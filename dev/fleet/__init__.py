"""A demo fleet for an OCS Inventory NG database: generate, load, change and clear it.

    load(connection, generate(size=200, now=datetime.now()), schema_version=7081)
    change.apply(connection, now=datetime.now())
    # → ["RAM upgrade on PAR-DT-0042: 2x8192MB → 2x16384MB", …]

``oddities.ids(name)`` returns the IDs of odd computers. PyMySQL is only needed to
connect.
"""

from . import change, oddities
from .computer import Computer
from .generate import NOW, SEED, computer_at, generate
from .loader import clear, load
