# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Computers of a page at most: each of them is locked while the page is imported, and
#: PostgreSQL has room for some thousand locks.
MAX_CHUNK_SIZE = 1000
#: Computers that a look for changes keeps in mind at most before it delays their
#: imports: the first pages are imported while it goes on.
MAX_CHUNK_THRESHOLD = 5000


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """When computers are imported by pages, and not one by one."""

    _inherit = "ocs.backend"

    chunk_size = fields.Integer(
        string="Computers of a Page",
        default=200,
        required=True,
        help="Computers that one job imports when there are many: all of them, or, if "
        "that fails, each by a job of its own.",
    )
    chunk_threshold = fields.Integer(
        string="Pages From",
        default=500,
        required=True,
        help="When a look for changes finds at least so many computers to import at "
        "once, they are imported by pages: a page is one job. 0: each computer has a "
        "job of its own, always.",
    )

    @api.constrains("chunk_size", "chunk_threshold")
    def _check_chunks(self):
        for backend in self:
            if not 1 <= backend.chunk_size <= MAX_CHUNK_SIZE:
                raise ValidationError(
                    self.env._("A page has between 1 and %s computers.", MAX_CHUNK_SIZE)
                )
            if not 0 <= backend.chunk_threshold <= MAX_CHUNK_THRESHOLD:
                raise ValidationError(
                    self.env._(
                        "The number of computers from which pages are used is between "
                        "0, which is never, and %s.",
                        MAX_CHUNK_THRESHOLD,
                    )
                )
