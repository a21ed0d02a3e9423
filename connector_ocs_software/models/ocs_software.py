# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY
from odoo.tools import SQL, config

from odoo.addons.queue_job.exception import RetryableJobError

#: Seconds until a job that has added titles is retried.
ADDED_RETRY = 1


class OcsSoftware(models.Model):
    """Software title with one name and one publisher, in any version.

    Texts that differ only in case are equal, as in OCS. Only imports write these
    records, with SQL and for a whole computer at once, as there may be millions of
    installations.
    """

    _name = "ocs.software"
    _inherit = "ocs.software.mixin"
    _description = "Software"
    _order = "name, id"
    _rec_names_search = ["name", "publisher"]
    _log_access = False
    _installed_as = "software_id"

    name = fields.Char(required=True, readonly=True)
    publisher = fields.Char(required=True, readonly=True, default="")
    version_ids = fields.One2many(
        "ocs.software.version", "software_id", string="Versions", readonly=True
    )
    installation_ids = fields.One2many(
        "ocs.software.installation", "software_id", readonly=True
    )
    version_count = fields.Integer(
        string="Number of Versions", compute="_compute_version_count"
    )

    _title_uniq = models.UniqueIndex(
        "(lower(name), lower(publisher))", "This software title already exists."
    )

    def _compute_version_count(self):
        groups = self.env["ocs.software.version"]._read_group(
            [("software_id", "in", self.ids)], ["software_id"], ["__count"]
        )
        counts = {software.id: count for software, count in groups}
        for software in self:
            software.version_count = counts.get(software.id, 0)

    @api.model
    def _ensure(self, installed):
        """Add the titles and versions that are missing; see ``_add_missing``."""
        versions = self.env["ocs.software.version"]
        if any(version is None for _title, version, _date in versions._find(installed)):
            self._add_missing(installed)

    @api.model
    def _add_missing(self, installed):
        """Add missing titles and versions in a transaction of their own.

        Jobs that import computers at the same time need the same titles. If a job added
        them in its own transaction, the other jobs would wait for it and then fail
        because they cannot see rows added after they started. So a job adds them in a
        separate short transaction and is retried. This is safe: a title does not refer
        to computers, and the daily cleanup deletes unused titles.

        :param installed: list of :class:`..lib.installed.Installed`
        :raises RetryableJobError: in a job; the next attempt finds all of them
        """
        if not self._can_retry():
            self._add_with_versions(installed)
            return
        try:
            with self.env.registry.cursor() as cr:
                # a transaction that has added the same title may wait for this job
                cr.execute(SQL("SET LOCAL lock_timeout = '3s'"))
                self.with_env(self.env(cr=cr))._add_with_versions(installed)
        except OperationalError as error:
            if error.pgcode not in PG_CONCURRENCY_ERRORS_TO_RETRY:
                raise
        raise RetryableJobError(
            self.env._(
                "New software titles are added first, then the import is retried."
            ),
            seconds=ADDED_RETRY,
            ignore_retry=True,
        )

    @api.model
    def _can_retry(self):
        """Return whether a job runner can retry, unlike for a user or a test."""
        return self.env.context.get("job_uuid") and not config["test_enable"]

    @api.model
    def _add_with_versions(self, installed):
        self._add(installed)
        self.env["ocs.software.version"]._add(installed)

    @api.model
    def _add(self, installed):
        """Add the titles that are missing.

        The order is always the same, so that jobs that add the same titles wait for
        each other without a deadlock. A job that waited cannot see the rows of the
        other one: PostgreSQL aborts it, and it is retried.

        :param installed: list of :class:`..lib.installed.Installed`
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ocs_software (name, publisher)
                SELECT DISTINCT ON (lower(name), lower(publisher)) name, publisher
                FROM unnest(%s::text[], %s::text[]) AS found (name, publisher)
                WHERE NOT EXISTS (
                    SELECT FROM ocs_software AS known
                    WHERE lower(known.name) = lower(found.name)
                        AND lower(known.publisher) = lower(found.publisher)
                )
                ORDER BY lower(name), lower(publisher), name, publisher
                ON CONFLICT DO NOTHING
                """,
                [software.name for software in installed],
                [software.publisher for software in installed],
            ),
            log_exceptions=False,  # whoever retries it logs it
        )
        self.invalidate_model()

    @api.autovacuum
    def _gc_unused(self):
        """Delete unused versions, then unused titles.

        Skip those that an import is using.
        """
        for table, users, field in (
            ("ocs_software_version", "ocs_software_installation", "version_id"),
            ("ocs_software", "ocs_software_version", "software_id"),
        ):
            self.env.cr.execute(
                SQL(
                    """
                    DELETE FROM %(table)s WHERE id IN (
                        SELECT id FROM %(table)s AS candidate
                        WHERE NOT EXISTS (
                            SELECT FROM %(users)s AS used
                            WHERE used.%(field)s = candidate.id
                        )
                        FOR UPDATE SKIP LOCKED
                    )
                    """,
                    table=SQL.identifier(table),
                    users=SQL.identifier(users),
                    field=SQL.identifier(field),
                )
            )
        self.env.invalidate_all()
