# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import SQL


class OcsSoftwareInstallation(models.Model):
    """Installation of a software version on a computer.

    A version that OCS reports several times for a computer, for example as 32 and 64
    bit, is a single installation.
    """

    _name = "ocs.software.installation"
    _inherit = "ocs.export.mixin"
    _description = "Software Installation"
    # any other order would have to sort all rows
    _order = "id desc"
    _rec_name = "version_id"
    _log_access = False

    equipment_id = fields.Many2one(
        "maintenance.equipment",
        string="Computer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    software_id = fields.Many2one(
        "ocs.software",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Software of the version, stored here because the table has many rows.",
    )
    version_id = fields.Many2one(
        "ocs.software.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    install_date = fields.Date(
        string="Installation Date",
        readonly=True,
        help="As reported by the operating system of the computer.",
    )
    publisher = fields.Char(related="software_id.publisher")
    version = fields.Char(related="version_id.name", string="Version Number")

    # also finds the software of a computer
    _version_uniq = models.UniqueIndex(
        "(equipment_id, version_id)",
        "This version is already installed on the computer.",
    )

    @api.model
    def _replace(self, equipment, installed):
        """Update the software of a computer, and write only what differs.

        The number of SQL statements does not depend on the number of rows.

        :param equipment: maintenance.equipment
        :param installed: list of :class:`..lib.installed.Installed`
        """
        found = {row[1]: row for row in self._find_versions(installed)}
        known = self._current_versions(equipment)
        removed = known.keys() - found.keys()
        new = [found[version] for version in sorted(found.keys() - known.keys())]
        dated = [
            found[version]
            for version, date in known.items()
            if version in found and found[version][2] != date
        ]
        if removed:
            self._delete(equipment, removed)
        if dated:
            self._set_dates(equipment, dated)
        if new:
            self._insert(equipment, new)
        if removed or dated or new:
            self._invalidate(equipment)

    def _invalidate(self, equipment):
        """Invalidate only what was written with SQL, not the cache of the import."""
        self.invalidate_model()
        for model in ("ocs.software", "ocs.software.version"):
            self.env[model].invalidate_model(["computer_count"])
        fields_of_software = ["ocs_installation_ids", "ocs_software_count"]
        equipment.invalidate_recordset(fields_of_software)

    def _find_versions(self, installed):
        """Return the versions and add missing ones.

        :return: see ``_find`` of ocs.software.version, without None as ID
        """
        versions = self.env["ocs.software.version"]
        found = versions._find(installed)
        if any(version is None for _title, version, _date in found):
            self.env["ocs.software"]._add_missing(installed)
            found = versions._find(installed)
        return found

    def _current_versions(self, equipment):
        """:return: dict {ID of the version: date of installation or None}"""
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT version_id, install_date FROM ocs_software_installation"
                    " WHERE equipment_id = %s",
                    equipment.id,
                )
            )
        )

    def _delete(self, equipment, version_ids):
        self.env.cr.execute(
            SQL(
                "DELETE FROM ocs_software_installation"
                " WHERE equipment_id = %s AND version_id = ANY(%s)",
                equipment.id,
                list(version_ids),
            )
        )

    def _set_dates(self, equipment, rows):
        self.env.cr.execute(
            SQL(
                """
                UPDATE ocs_software_installation AS known
                SET install_date = found.install_date
                FROM unnest(%s::int[], %s::date[]) AS found (version_id, install_date)
                WHERE known.equipment_id = %s
                    AND known.version_id = found.version_id
                """,
                [version for _title, version, _date in rows],
                [date for _title, _version, date in rows],
                equipment.id,
            )
        )

    def _insert(self, equipment, rows):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ocs_software_installation
                    (equipment_id, software_id, version_id, install_date)
                SELECT %s, software_id, version_id, install_date
                FROM unnest(%s::int[], %s::int[], %s::date[])
                    AS found (software_id, version_id, install_date)
                ON CONFLICT DO NOTHING
                """,
                equipment.id,
                [title for title, _version, _date in rows],
                [version for _title, version, _date in rows],
                [date for _title, _version, date in rows],
            )
        )
