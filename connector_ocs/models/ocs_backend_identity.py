# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command, api, fields, models

from ..lib.identity import Blacklist

#: UUIDs of servers that are remembered: a cluster has several.
MAX_SERVERS = 20


class OcsBackendIdentity(models.AbstractModel):
    """The OCS server, and the keys that its computers are matched by."""

    _name = "ocs.backend.identity"
    _description = "Identity of an OCS Backend (abstract)"

    matching_key_ids = fields.One2many(
        "ocs.matching.key",
        "backend_id",
        string="Matching Keys",
        default=lambda self: self._default_matching_keys(),
        copy=True,
        # unused keys are shown, too
        context={"active_test": False},
    )
    # not prefetched: each import reads the backend, but gets these from its settings
    blacklisted_serials = fields.Json(
        string="Blacklisted Serial Numbers",
        readonly=True,
        prefetch=False,
        copy=False,
        help="Serial numbers on the blacklist of OCS (blacklist_serials), in lower "
        "case.",
    )
    blacklisted_macs = fields.Json(
        string="Blacklisted MAC Addresses",
        readonly=True,
        prefetch=False,
        copy=False,
        help="MAC addresses on the blacklist of OCS (blacklist_macaddresses).",
    )
    server_identity = fields.Json(
        readonly=True,
        prefetch=False,
        copy=False,
        help="What identified the OCS server in the last run. If it changes, a run "
        "that would affect assets needs approval.",
    )
    blacklist_report = fields.Char(string="OCS Blacklists", readonly=True, copy=False)
    same_database_report = fields.Char(compute="_compute_same_database_report")

    @api.depends("active", "host", "port", "database", "server_identity")
    def _compute_same_database_report(self):
        others = self.search([("active", "=", True)])
        for backend in self:
            same = (others - backend._origin).filtered(backend._has_same_database)
            is_shared = backend.active and same
            backend.same_database_report = (
                backend._describe_same_database(same) if is_shared else False
            )

    def _has_same_database(self, other):
        """Return whether another backend reads the same database of OCS."""
        if self._location() == other._location():
            return True
        mine, theirs = self.server_identity or {}, other.server_identity or {}
        servers = set(mine.get("servers", ())) & set(theirs.get("servers", ()))
        is_same_server = bool(servers - {""}) and self.database == other.database
        return is_same_server and mine["created"] == theirs["created"]

    def _location(self):
        """Return where the database is, in one spelling."""
        return (self.host or "").strip().lower(), self.port, self.database

    def _describe_same_database(self, others):
        return self.env._(
            "This OCS database is also imported by %s. Each machine still has one "
            "asset, but every backend updates it. Archive all backends but one, unless "
            "they import different computers by their TAGs.",
            ", ".join(others.mapped("name")),
        )

    def _read_server(self):
        """Return what identifies the OCS server now, see ``ocs.server.adapter``."""
        with self.work_on("ocs.backend") as work:
            return work.component(usage="backend.adapter").read_identity()

    def _identify_server(self):
        """Remember the server before the first run, to find other backends of it.

        From then on, only runs do: they compare it with what they know of the assets.
        """
        if not self.run_ids and not self._has_imported():
            self.server_identity = False
            self._remember_server(self._read_server())

    def _describe_other_server(self, found, is_replaced):
        """Return what shows that OCS was restored or replaced since the last run.

        Such a server has other IDs for the same machines. The tables of a database are
        also created anew when it is upgraded or optimized, which is harmless as long as
        the known IDs belong to the same machines.

        :param found: dict of ``_read_server``
        :param is_replaced: whether other machines have known IDs
        :return: sentence, '' if it is the same database
        """
        known = self.server_identity
        if not known:
            return ""
        if found["server"] not in known["servers"]:
            return self.env._("The OCS database is on another server now.")
        if found["schema"] < known["schema"]:
            return self.env._("The OCS database has an older schema than before.")
        are_ids_other = is_replaced or found["next_id"] < known["next_id"]
        if known["created"] != found["created"] and are_ids_other:
            return self.env._("The OCS database was created anew since the last run.")
        return ""

    def _is_other_server(self, found):
        """Return whether the server is not the one that is remembered.

        :param found: dict of ``_read_server``
        """
        known = self.server_identity
        is_known = known and found["server"] in known["servers"]
        return not is_known or known["created"] != found["created"]

    def _remember_server(self, found):
        """Remember what identifies the server, once a run may proceed.

        :param found: dict of ``_read_server``
        """
        known, found = self.server_identity or {}, dict(found)
        others = [each for each in known.get("servers", ()) if each != found["server"]]
        found["servers"] = [*others, found.pop("server")][-MAX_SERVERS:]
        if found != known:
            self.server_identity = found

    @api.model
    def _default_matching_keys(self):
        keys = self.env["ocs.matching.key"]._defaults()
        return [Command.create(values) for values in keys]

    def _matching_fields(self):
        """Return the binding fields that machines are matched by, in their order."""
        return self._settings().matching_fields

    def _find_matching_fields(self):
        keys = self.matching_key_ids.filtered("active").sorted("sequence")
        return tuple(key._field() for key in keys)

    def _blacklist(self):
        """Return the identifiers that are placeholders according to this OCS.

        :return: :class:`odoo.addons.connector_ocs.lib.identity.Blacklist`
        """
        return self._settings().blacklist

    def _find_blacklist(self):
        shared = self.env["ocs.shared.identifier"].search_fetch(
            [("backend_id", "=", self.id), ("is_shared", "=", True)],
            ["field", "value"],
        )
        return Blacklist(
            frozenset(self.blacklisted_serials or ()),
            frozenset(self.blacklisted_macs or ()),
            frozenset((each.field, each.value) for each in shared),
        )

    def _read_blacklists(self, server, computers):
        """Update the blacklists from OCS.

        :param server: ``ocs.server.adapter``
        :param computers: ``ocs.computer.adapter``, which finds the computers with a
            value that was added or removed
        """
        found = server.read_blacklists()
        before = self._blacklist()
        # a list that can no longer be read stays unchanged
        serials = before.serials if found["serials"] is None else found["serials"]
        macs = before.macs if found["macs"] is None else found["macs"]
        values = {
            "blacklisted_serials": sorted(serials),
            "blacklisted_macs": sorted(macs),
            "blacklist_report": self._describe_blacklist(found),
        }
        # an empty list is stored as no value
        if any((self[name] or []) != value for name, value in values.items()):
            self.write(values)
        self._request_holders(
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
                "The OCS blacklists cannot be read. Grant the user %s the SELECT "
                "privilege on blacklist_serials and blacklist_macaddresses.",
                self.user,
            )
        return self.env._(
            "The OCS blacklists contain %(serials)s serial numbers and %(macs)s MAC "
            "addresses.",
            serials=len(found["serials"]),
            macs=len(found["macs"]),
        )

    def _request_holders(self, computers, serials, macs):
        """Request the imports of the computers that have one of these values.

        :param serials: set of str
        :param macs: set of str
        """
        if not serials and not macs:
            return
        holders = ("external_id", "in", computers.find_holders(serials, macs))
        # active_test: the asset of a computer may be archived
        bindings = self.env["ocs.computer.binding"].with_context(active_test=False)
        mine = bindings.search([("backend_id", "=", self.id), holders])
        mine._request_import("blacklist")
        self._request_ambiguous("blacklist")

    def _request_ambiguous(self, why):
        """Request the imports of the computers that need a decision.

        :param why: key of ``ocs.import.request.import_request``
        """
        self.env["ocs.import.issue"]._request_ambiguous(
            why, [("backend_id", "in", self.ids)]
        )
