# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Random histories of OCS and of the imports from it.

Needs the repository: what OCS does is written by its package ``dev``.
"""

import sys

from ..live import REPOSITORY

if str(REPOSITORY) not in sys.path:
    sys.path.append(str(REPOSITORY))
