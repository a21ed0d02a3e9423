# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Scale of the tests: small by default, full in continuous integration."""

import os

FULL = bool(os.environ.get("OCS_FULL"))


def scale(full, usual):
    """Return ``full`` with ``OCS_FULL`` in the environment, else ``usual``."""
    return full if FULL else usual
