# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command, api, fields, models

from ..lib.identity import Blacklist


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """What the computers of a backend are known by."""

    _inherit = "ocs.backend"

    matching_key_ids = fields.One2many(
        "ocs.matching.key",
        "backend_id",
        string="Known By",
        default=lambda self: self._default_matching_keys(),
        copy=True,
        # a key that is not used is still shown
        context={"active_test": False},
    )
    # not read with the backend: each import reads that, and has them from elsewhere
    blacklisted_serials = fields.Json(
        readonly=True,
        prefetch=False,
        copy=False,
        help="Serial numbers that OCS's own list takes for placeholders "
        "(blacklist_serials), casefolded.",
    )
    blacklisted_macs = fields.Json(
        readonly=True,
        prefetch=False,
        copy=False,
        help="The same of MAC addresses (blacklist_macaddresses).",
    )
    blacklist_report = fields.Char(string="OCS's Own Lists", readonly=True, copy=False)

    @api.model
    def _default_matching_keys(self):
        keys = self.env["ocs.matching.key"]._defaults()
        return [Command.create(values) for values in keys]

    def _matching_fields(self):
        """Fields of a binding that a machine is known by, the first one first."""
        return self._settings().matching_fields

    def _find_matching_fields(self):
        keys = self.matching_key_ids.filtered("active").sorted("sequence")
        return tuple(key._field() for key in keys)

    def _blacklist(self):
        """What tells nothing of the machines of this OCS.

        :return: :class:`odoo.addons.connector_ocs.lib.identity.Blacklist`
        """
        return self._settings().blacklist

    def _find_blacklist(self):
        return Blacklist(
            frozenset(self.blacklisted_serials or ()),
            frozenset(self.blacklisted_macs or ()),
        )

    def _read_blacklists(self, server, computers):
        """Take over OCS's own lists of placeholders.

        :param server: ``ocs.server.adapter``
        :param computers: ``ocs.computer.adapter``, that finds who has a value that was
            added or removed
        """
        found = server.read_blacklists()
        before = self._blacklist()
        # a list that may not be read any more stays as it was
        serials = before.serials if found["serials"] is None else found["serials"]
        macs = before.macs if found["macs"] is None else found["macs"]
        values = {
            "blacklisted_serials": sorted(serials),
            "blacklisted_macs": sorted(macs),
            "blacklist_report": self._describe_blacklist(found),
        }
        # an empty list is kept as no value
        if any((self[name] or []) != value for name, value in values.items()):
            self.write(values)
        self._recheck_holders(
            computers,
            {
                each
                for each in before.serials ^ serials
                if not Blacklist().has_serial(each)
            },
            before.macs ^ macs,
        )

    def _describe_blacklist(self, found):
        if None in found.values():
            return self.env._(
                "OCS's own lists of placeholders cannot be read: grant the user %s "
                "the right SELECT on blacklist_serials and blacklist_macaddresses.",
                self.user,
            )
        return self.env._(
            "%(serials)s serial numbers and %(macs)s MAC addresses are placeholders "
            "according to OCS.",
            serials=len(found["serials"]),
            macs=len(found["macs"]),
        )

    def _recheck_holders(self, computers, serials, macs):
        """Look again at the computers that have some values.

        :param serials: set of str
        :param macs: set of str
        """
        if not serials and not macs:
            return
        holders = ("external_id", "in", computers.find_holders(serials, macs))
        mine = [("backend_id", "=", self.id), ("digests", "!=", False), holders]
        # active_test: the asset of a computer may be archived
        bindings = self.env["ocs.computer.binding"].with_context(active_test=False)
        bindings.search(mine).write({"digests": False})
        self._recheck_ambiguous()

    def _recheck_ambiguous(self):
        """Look again at the computers that a person has to decide on."""
        self.env["ocs.import.issue"]._recheck_ambiguous(
            [("backend_id", "in", self.ids)]
        )
