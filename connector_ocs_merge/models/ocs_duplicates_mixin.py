# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict
from itertools import combinations

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.connector_ocs.lib.identifiers import (
    is_blacklisted_serial,
    is_blacklisted_uuid,
    is_unique_mac,
)
from odoo.addons.connector_ocs.lib.spellings import PLAIN_UUID, POSTGRESQL

#: Predicates that recognize placeholders, by kind of identifier.
BLACKLISTED = {
    "serial": is_blacklisted_serial,
    "uuid": is_blacklisted_uuid,
    "mac": lambda value: not is_unique_mac(value),
}
#: A value that more assets share comes from a docking station or a manufacturer.
MAX_SHARING = 5
GROUP_MANAGER = "connector_ocs.group_ocs_manager"

# Identifiers of assets in normal form, except those merged into another asset
_KEYS = f"""
    WITH every_key AS (
        SELECT id AS asset_id, 'serial' AS kind,
               {POSTGRESQL["serial_no"] % "serial_no"} AS key
          FROM maintenance_equipment WHERE serial_no IS NOT NULL
         UNION ALL
        SELECT odoo_id, 'serial', {POSTGRESQL["ocs_serial"] % "ocs_serial"}
          FROM ocs_computer_binding WHERE ocs_serial IS NOT NULL
         UNION ALL
        SELECT odoo_id, 'serial', {POSTGRESQL["ocs_serial"] % "ocs_serial"}
          FROM ocs_monitor_binding WHERE ocs_serial IS NOT NULL
         UNION ALL
        SELECT id, 'uuid',
               {PLAIN_UUID % {"uuid": POSTGRESQL["hardware_uuid"] % "hardware_uuid"}}
          FROM maintenance_equipment WHERE hardware_uuid IS NOT NULL
         UNION ALL
        SELECT id, 'mac', mac
          FROM maintenance_equipment,
               unnest({POSTGRESQL["mac_addresses"] % "mac_addresses"}) AS mac
    ), keys AS (
        SELECT every_key.* FROM every_key
         WHERE key != '' AND NOT EXISTS (
               SELECT FROM ocs_asset_merge_equipment_rel AS merged
                 JOIN ocs_asset_merge AS merge ON merge.id = merged.merge_id
                WHERE merged.equipment_id = every_key.asset_id
                  AND merge.state = 'done')
    )
"""


class OcsDuplicatesMixin(models.AbstractModel):
    """Mixin of maintenance.equipment with the possible duplicates of an asset."""

    _name = "ocs.duplicates.mixin"
    _description = "Possible Duplicates of an Asset (abstract)"

    ocs_duplicate_ids = fields.Many2many(
        "maintenance.equipment",
        string="Possible Duplicates",
        compute="_compute_ocs_duplicates",
        context={"active_test": False},
        groups=GROUP_MANAGER,
        help="Other assets with the same serial number, UUID or MAC address.",
    )
    ocs_duplicate_count = fields.Integer(
        string="Number of Possible Duplicates",
        compute="_compute_ocs_duplicates",
        groups=GROUP_MANAGER,
    )
    ocs_duplicate_reason = fields.Char(
        string="Why",
        compute="_compute_ocs_duplicates",
        groups=GROUP_MANAGER,
        help="What this asset and its possible duplicates have in common.",
    )
    has_ocs_duplicates = fields.Boolean(
        string="Has Possible Duplicates",
        compute="_compute_ocs_duplicates",
        search="_search_has_ocs_duplicates",
        groups=GROUP_MANAGER,
    )

    @api.depends("serial_no", "hardware_uuid", "mac_addresses", "active")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ocs_duplicates(self):
        found = self._ocs_find_duplicates(self._origin.ids) if self._origin else {}
        for asset in self:
            shared = found.get(asset._origin.id, {})
            duplicates = self.browse(sorted(shared))
            asset.ocs_duplicate_ids = duplicates
            asset.ocs_duplicate_count = len(duplicates)
            asset.has_ocs_duplicates = bool(duplicates)
            asset.ocs_duplicate_reason = "; ".join(
                self._ocs_describe_shared(other, shared[other.id])
                for other in duplicates
            )

    def _ocs_describe_shared(self, other, kinds):
        """Return what an asset has in common with another one.

        :param kinds: list of kinds of identifiers
        """
        return self.env._(
            "Same %(values)s as “%(name)s” (ID %(id)s)",
            values=self._ocs_describe_kinds(kinds),
            name=other.name,
            id=other.id,
        )

    def _ocs_describe_kinds(self, kinds):
        labels = {
            "serial": self.env._("serial number"),
            "uuid": self.env._("UUID"),
            "mac": self.env._("MAC address"),
        }
        return ", ".join(label for kind, label in labels.items() if kind in kinds)

    def _ocs_describe_common(self, found):
        """Return why these assets may be one machine, '' if they are no duplicates.

        :param found: duplicates of these assets, as from ``_ocs_find_duplicates``
        """
        kinds = {
            kind
            for one, other in combinations(self.ids, 2)
            for kind in found.get(one, {}).get(other, ())
        }
        return kinds and self.env._("Same %s", self._ocs_describe_kinds(kinds)) or ""

    @api.model
    def _search_has_ocs_duplicates(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("id", "in", list(self._ocs_find_duplicates()))
        return (found if True in value else Domain.FALSE) | (
            ~found if False in value else Domain.FALSE
        )

    @api.model
    def _ocs_find_duplicates(self, asset_ids=None):
        """Return the assets that share an identifier of a machine, in a few queries.

        Placeholders do not count, and two real serial numbers mean two machines.

        :param asset_ids: find the duplicates of these assets only
        :return: dict {id: dict {id of a duplicate: list of the kinds of identifiers
            that they share}}
        """
        keys = self._ocs_read_keys(asset_ids)
        sharing = defaultdict(set)
        for asset_id, kinds in keys.items():
            for kind, values in kinds.items():
                for value in values:
                    sharing[kind, value].add(asset_id)
        pairs = {
            pair
            for group in sharing.values()
            if len(group) <= MAX_SHARING
            for pair in combinations(sorted(group), 2)
            if not self._ocs_serials_differ(*(keys[each]["serial"] for each in pair))
        }
        found = defaultdict(dict)
        for one, other in self._ocs_comparable(pairs):
            kinds = [
                kind for kind in BLACKLISTED if keys[one][kind] & keys[other][kind]
            ]
            found[one][other] = found[other][one] = kinds
        return found

    def _ocs_serials_differ(self, serials, others):
        """Return whether real serial numbers show that these are two machines."""
        return bool(serials and others and not serials & others)

    @api.model
    def _ocs_read_keys(self, asset_ids):
        """Return the identifiers of assets that share one, without placeholders.

        :param asset_ids: these assets and those that share with them, None for all
        :return: dict {id: dict {kind: set of values}}
        """
        self.env.flush_all()
        sharing = self._ocs_sharing(asset_ids)
        rows = self._ocs_query_keys(
            "asset_id, kind, key", SQL("asset_id = ANY(%s)", list(sharing))
        )
        found = defaultdict(lambda: defaultdict(set))
        for asset_id, kind, value in rows:
            if not BLACKLISTED[kind](value):
                found[asset_id][kind].add(value)
        return found

    @api.model
    def _ocs_sharing(self, asset_ids):
        """Return the IDs of the assets that have a value in common.

        :return: set of ids
        """
        if asset_ids is None:
            groups = self._ocs_query_keys(
                "array_agg(DISTINCT asset_id)",
                SQL(
                    "TRUE GROUP BY kind, key"
                    " HAVING count(DISTINCT asset_id) BETWEEN 2 AND %s",
                    MAX_SHARING,
                ),
            )
            return {each for (group,) in groups for each in group}
        # first the values of these assets, then one pass over those of all others
        own = self._ocs_query_keys(
            "kind, key", SQL("asset_id = ANY(%s)", list(asset_ids))
        )
        usable = tuple({(kind, key) for kind, key in own if not BLACKLISTED[kind](key)})
        if not usable:
            return set()
        rows = self._ocs_query_keys("asset_id", SQL("(kind, key) IN %s", usable))
        return {asset_id for (asset_id,) in rows}

    @api.model
    def _ocs_query_keys(self, columns, condition):
        query = SQL(
            "%s SELECT %s FROM keys WHERE %s", SQL(_KEYS), SQL(columns), condition
        )
        return self.env.execute_query(query)

    @api.model
    def _ocs_comparable(self, pairs):
        """Return the pairs of the same kind and company that the user can see."""
        ids = {each for pair in pairs for each in pair}
        assets = self.with_context(active_test=False).search([("id", "in", list(ids))])
        known = {asset.id: (asset.company_id, asset._ocs_kind()) for asset in assets}
        return [
            pair
            for pair in pairs
            if known.keys() >= set(pair)
            and self._ocs_can_be_same(*(known[each] for each in pair))
        ]

    def _ocs_can_be_same(self, one, other):
        kinds = {one[1], other[1]} - {None}
        return one[0] == other[0] and len(kinds) < 2

    def _ocs_kind(self):
        """Return the kind of the asset: "computer", "monitor" or None."""
        # sudo: bindings to the OCS of another company count, too
        asset = self.sudo().with_context(active_test=False)
        if asset.ocs_monitor_bind_ids or asset.computer_id:
            return "monitor"
        return "computer" if asset.ocs_bind_ids or asset.monitor_ids else None
