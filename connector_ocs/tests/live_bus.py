# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What the server sent to browsers."""

import json

from ..models.ocs_import_run_notice import NOTICE
from ..models.ocs_live_mixin import PROGRESS


class BusMixin:
    """Mixin of tests that look at the notifications of the bus."""

    def sent(self, kind):
        """Return the notifications of a type since the last call.

        :return: list of tuples: model of the channel, its ID, payload
        """
        self.env.cr.flush()
        rows = self.env["bus.bus"].search([("id", ">", self.last_sent())], order="id")
        found = [(json.loads(each.channel), json.loads(each.message)) for each in rows]
        return [
            (*channel[1:], message["payload"])
            for channel, message in found
            if message["type"] == kind
        ]

    def last_sent(self):
        return getattr(self, "_last_sent", 0)

    def forget_sent(self):
        """Ignore what was sent until now."""
        self.env.cr.flush()
        self._last_sent = self.env["bus.bus"]._bus_last_id()

    def progress(self):
        """Return the IDs of the backends whose forms were told to reload."""
        found = self.sent(PROGRESS)
        for model, record_id, payload in found:
            self.assertEqual(model, "ocs.backend")
            self.assertEqual(payload, {"backend_id": record_id})
        return [record_id for _model, record_id, _payload in found]

    def notices(self):
        """Return the notices that were shown: list of tuples (user, payload)."""
        partners = self.env["res.partner"]
        return [
            (partners.browse(record_id).user_ids, payload)
            for _model, record_id, payload in self.sent(NOTICE)
        ]
