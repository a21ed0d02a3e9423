# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re

from odoo import api, models

#: What a form asks for to be told about the progress of a backend, see
#: ``static/src/live/live_service.js``.
CHANNEL = re.compile(r"connector_ocs\.backend_(\d{1,9})")


class IrWebsocket(models.AbstractModel):
    """Let users who may read a backend follow its progress."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        found = {each: CHANNEL.fullmatch(each) for each in channels if _is_text(each)}
        asked = {name: int(match[1]) for name, match in found.items() if match}
        others = [each for each in channels if each not in asked]
        backends = self._ocs_backends_to_follow(list(asked.values()))
        return super()._build_bus_channel_list([*others, *backends])

    @api.model
    def _ocs_backends_to_follow(self, backend_ids):
        """Return those of some backends that the user may read.

        The companies that are selected do not matter, as a browser has one connection
        for all its tabs.

        :param backend_ids: list of int
        :return: ocs.backend
        """
        backends = self.env["ocs.backend"]
        if not backend_ids or not backends.has_access("read"):
            return backends
        return backends.browse(backend_ids).exists()._filtered_access("read")


def _is_text(channel):
    return isinstance(channel, str)
