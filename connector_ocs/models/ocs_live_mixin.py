# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models

#: Type of the notification that makes open forms of a backend reload.
PROGRESS = "connector_ocs.progress"
#: Key of the backends that this transaction has already told about.
TOLD = "connector_ocs.told"


class OcsLiveMixin(models.AbstractModel):
    """Mixin of records of a backend whose changes show in open forms at once.

    A notification has no content but the ID of the backend: whoever gets it reads the
    record again, with their own access rights.
    """

    _name = "ocs.live.mixin"
    _description = "Live Progress of an OCS Backend (abstract)"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._tell()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._tell()
        return result

    def _tell(self):
        """Have the open forms of the backend reload after the commit.

        This adds a row to the bus and changes no other, so that jobs that run at the
        same time do not collide.
        """
        told = self.env.cr.precommit.data.setdefault(TOLD, set())
        # sudo: jobs of users who may no longer read the backend fail, and tell it
        for backend in self.sudo().backend_id:
            if backend.id not in told:  # one row for all writes until the next flush
                told.add(backend.id)
                backend._bus_send(PROGRESS, {"backend_id": backend.id})
