# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsImportRequest(models.AbstractModel):
    """Mixin of records whose computer is imported again although OCS is unchanged.

    The ``digests`` tell what was imported, or skipped; a request tells that it has to
    be done again nevertheless, and why.
    """

    _name = "ocs.import.request"
    _description = "Request to Import an OCS Computer (abstract)"

    import_request = fields.Selection(
        [
            ("new", "Linked, but not imported yet"),
            ("settings", "The settings of the backend have changed"),
            ("ownership", "The ownership of fields has changed"),
            ("blacklist", "A blacklist of OCS has changed"),
            ("company", "The company of the asset has changed"),
            ("candidate", "An asset that may be this computer has changed"),
            ("new_id", "The computer has a new ID in OCS"),
            ("id_reused", "OCS uses the ID for another machine"),
            ("shared", "Other computers report the serial number, or no longer do"),
            ("taken", "OCS reports the serial number for another computer"),
            ("released", "Another asset may have released the serial number"),
            ("monitor", "Other computers report a monitor, or no longer do"),
            ("monitor_deleted", "A monitor was deleted in Odoo"),
            ("stopped", "The run was stopped"),
            ("no_response", "OCS did not respond in time"),
            ("user", "A user requested it"),
        ],
        string="Why It Is Imported Again",
        readonly=True,
        copy=False,
        help="Why the next run imports this computer even if OCS reports no change.",
    )
    import_requested_on = fields.Datetime(readonly=True, copy=False)

    def _request_import(self, reason):
        """Have the next run import these computers, even if OCS reports no change.

        :param reason: key of ``import_request``; it replaces that of a former request
        """
        # The date differs in each transaction. If an import is about to answer a former
        # request, one of the two transactions is rolled back and tried again: that
        # import may not have seen the change that is the reason of this request.
        now = self.env.cr.now()
        self.filtered(
            lambda each: (
                (each.import_request, each.import_requested_on) != (reason, now)
            )
        ).write({"import_request": reason, "import_requested_on": now})

    def _answered(self, digests):
        """Return the values of a record whose computer was imported or skipped.

        :param digests: dict {table: digest} of what was read
        :return: dict for ``write`` or ``create``
        """
        return {
            "digests": digests,
            "import_request": False,
            "import_requested_on": False,
        }
