# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Random histories of OCS and of the imports from it.

They need the repository: its package ``dev`` writes what OCS does.
"""

import sys

from ..live import REPOSITORY

if str(REPOSITORY) not in sys.path:
    sys.path.append(str(REPOSITORY))
