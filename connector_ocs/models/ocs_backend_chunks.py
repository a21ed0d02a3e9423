# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Maximum number of computers in a chunk: all of them are locked during its import,
#: and PostgreSQL has room for a few thousand locks.
MAX_CHUNK_SIZE = 1000
#: Maximum number of computers that a scan collects before it enqueues their imports,
#: so that the first chunks are imported while it continues.
MAX_CHUNK_THRESHOLD = 5000


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend that imports many computers in chunks."""

    _inherit = "ocs.backend"

    chunk_size = fields.Integer(
        default=200,
        required=True,
        help="Number of computers that one job imports together. If it fails, each of "
        "them is imported by its own job.",
    )
    chunk_threshold = fields.Integer(
        string="Import in Chunks From",
        default=500,
        required=True,
        help="Number of computers from which a scan imports them in chunks, with one "
        "job for each chunk. With 0, each computer always has its own job.",
    )

    @api.constrains("chunk_size", "chunk_threshold")
    def _check_chunks(self):
        for backend in self:
            if not 1 <= backend.chunk_size <= MAX_CHUNK_SIZE:
                raise ValidationError(
                    self.env._("“Chunk Size” must be between 1 and %s.", MAX_CHUNK_SIZE)
                )
            if not 0 <= backend.chunk_threshold <= MAX_CHUNK_THRESHOLD:
                raise ValidationError(
                    self.env._(
                        "“Import in Chunks From” must be between 0 (never) and %s.",
                        MAX_CHUNK_THRESHOLD,
                    )
                )
