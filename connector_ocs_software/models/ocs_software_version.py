# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import SQL


class OcsSoftwareVersion(models.Model):
    """Version of a software title, '' if OCS does not know it."""

    _name = "ocs.software.version"
    _inherit = "ocs.software.mixin"
    _description = "Software Version"
    _order = "software_id, name, id"
    _rec_names_search = ["software_id.name", "name"]
    _log_access = False
    _installed_as = "version_id"

    software_id = fields.Many2one(
        "ocs.software", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char(string="Version", required=True, readonly=True, default="")

    installation_ids = fields.One2many(
        "ocs.software.installation", "version_id", readonly=True
    )

    # also finds the versions of a title
    _name_uniq = models.UniqueIndex(
        "(software_id, lower(name))", "This version already exists."
    )

    @api.depends("software_id.name", "name")
    def _compute_display_name(self):
        for version in self:
            words = (version.software_id.name, version.name)
            version.display_name = " ".join(filter(None, words))

    @api.model
    def _add(self, installed):
        """Add the versions that are missing; their titles must exist.

        See ``_add`` of ocs.software.

        :param installed: list of :class:`..lib.installed.Installed`
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ocs_software_version (software_id, name)
                SELECT DISTINCT ON (title.id, lower(found.version))
                    title.id, found.version
                FROM unnest(%s::text[], %s::text[], %s::text[])
                    AS found (name, publisher, version)
                JOIN ocs_software AS title
                    ON lower(title.name) = lower(found.name)
                    AND lower(title.publisher) = lower(found.publisher)
                WHERE NOT EXISTS (
                    SELECT FROM ocs_software_version AS known
                    WHERE known.software_id = title.id
                        AND lower(known.name) = lower(found.version)
                )
                ORDER BY title.id, lower(found.version), found.version
                ON CONFLICT DO NOTHING
                """,
                [software.name for software in installed],
                [software.publisher for software in installed],
                [software.version for software in installed],
            ),
            log_exceptions=False,  # as in _add of ocs.software
        )
        self.invalidate_model()

    @api.model
    def _find(self, installed):
        """Return the existing versions.

        :param installed: list of :class:`..lib.installed.Installed`
        :return: list of (ID of the title, ID of the version, date of installation),
            each version once, and one with None as IDs if a version is missing
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (version.id)
                    version.software_id, version.id, found.install_date
                FROM unnest(%s::text[], %s::text[], %s::text[], %s::date[])
                    AS found (name, publisher, version, install_date)
                LEFT JOIN ocs_software AS title
                    ON lower(title.name) = lower(found.name)
                    AND lower(title.publisher) = lower(found.publisher)
                LEFT JOIN ocs_software_version AS version
                    ON version.software_id = title.id
                    AND lower(version.name) = lower(found.version)
                ORDER BY version.id, found.install_date
                """,
                [software.name for software in installed],
                [software.publisher for software in installed],
                [software.version for software in installed],
                [software.install_date for software in installed],
            )
        )
