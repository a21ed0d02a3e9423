# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

import pytz
from markupsafe import Markup

from odoo import api, fields, models

from ..components.survey_adapter import UNSEEN_DAYS


class OcsBackendSurvey(models.AbstractModel):
    """What was found in OCS when the connection was tested."""

    _name = "ocs.backend.survey"
    _description = "Survey of an OCS Backend (abstract)"

    survey = fields.Json(readonly=True, prefetch=False, copy=False)
    survey_report = fields.Html(
        string="What OCS Contains", compute="_compute_survey_report"
    )
    survey_tags = fields.Html(
        string="TAGs in OCS", compute="_compute_survey_report"
    )

    def _survey(self):
        """Look at all of OCS, and remember what is there."""
        with self.work_on("ocs.computer.binding") as work:
            found = work.component(usage="backend.adapter").survey()
        found["date"] = fields.Datetime.to_string(fields.Datetime.now())
        self.survey = found

    @api.depends("survey", "tz", "section_ids", "ocs_release", "schema_number")
    def _compute_survey_report(self):
        for backend in self:
            lines = backend._survey_lines() if backend.survey else ()
            backend.survey_report = backend._survey_table(lines)
            backend.survey_tags = backend._describe_tags(backend.survey or {})

    def _survey_table(self, lines):
        """Return pairs of a label and a text as HTML."""
        row = Markup("<tr><td>%s</td><td>%s</td></tr>")
        table = Markup('<table class="table table-sm mb-0"><tbody>%s</tbody></table>')
        return bool(lines) and table % Markup("").join(row % each for each in lines)

    def _survey_lines(self):
        """Return what is worth knowing before the first import.

        Other addons may add lines.

        :return: list of pairs of a label and a text
        """
        found, serials = self.survey, self.survey.get("serials")
        known = serials or {}
        return [
            (self.env._("OCS release"), self._describe_release()),
            (self.env._("Computers"), self._amount(found.get("computers"))),
            (self.env._("Monitors"), self._amount(found.get("monitors"))),
            (self.env._("Time zone"), self._describe_offset()),
            (self.env._("No serial number"), self._amount(known.get("missing"))),
            (
                self.env._("Placeholder as serial number"),
                self._amount(known.get("placeholders")),
            ),
            (self.env._("Same serial number"), self._describe_shared(known)),
            (self.env._("Same name"), self._amount(found.get("names"))),
            (self.env._("No BIOS data"), self._amount(found.get("no_bios"))),
            (
                self.env._("No inventory for %s days", UNSEEN_DAYS),
                self._amount(found.get("unseen")),
            ),
            *self._unselected_lines(),
        ]

    def _amount(self, number):
        if number is None:
            return self.env._("Not readable")
        return self.env["ir.qweb.field.integer"].value_to_html(number, {})

    def _describe_release(self):
        return self.env._(
            "%(release)s (schema %(schema)s)",
            release=self.ocs_release,
            schema=self.schema_number,
        )

    def _describe_shared(self, serials):
        """Return how many computers have the serial number of another one."""
        if not serials.get("shared"):
            return self._amount(None)
        computers, _values, examples = serials["shared"]
        number = self._amount(computers)
        if not examples:
            return number
        return self.env._(
            "%(number)s, such as %(examples)s",
            number=number,
            examples=", ".join(examples),
        )

    def _describe_offset(self):
        """Return whether the clock of the database fits the time zone."""
        offset = self.survey.get("utc_offset")
        if offset is None:
            return self._amount(None)
        found = timedelta(minutes=round(offset / 60))
        date = fields.Datetime.to_datetime(self.survey["date"])
        zone = pytz.timezone(self.tz or "UTC")
        expected = pytz.utc.localize(date).astimezone(zone).utcoffset()
        if found == expected:
            return self.env._("%(offset)s, as in %(tz)s", offset=_utc(found), tz=self.tz)
        return Markup('<span class="text-danger">%s</span>') % self.env._(
            "The clock of the database is %(found)s, but %(tz)s is %(expected)s. "
            "Check the time zone below.",
            found=_utc(found),
            tz=self.tz,
            expected=_utc(expected),
        )

    def _unselected_lines(self):
        """Return a line with the sections that are not imported, if there are any."""
        others = self.env["ocs.section"].search([]) - self.section_ids._origin
        names = ", ".join(others.mapped("name"))
        return [(self.env._("Sections not selected"), names)] if names else []

    def _describe_tags(self, found):
        """Return the TAGs, one per line as in the lists, with their computers."""
        if not found:
            return False
        tags = found.get("tags")
        if tags is None:
            return self._amount(None)
        names, numbers = zip(*tags["top"], strict=True) if tags["top"] else ((), ())
        more = tags["number"] - len(names)
        cells = (
            Markup("<br/>").join(names),
            Markup("<br/>").join(map(self._amount, numbers)),
        )
        table = self._survey_table([cells] if names else ())
        if more > 0:
            return table + Markup("<p>%s</p>") % self.env._("and %s more", more)
        return table


def _utc(offset):
    """Return an offset as text: UTC, UTC+02:00, UTC-03:30."""
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours:02d}:{rest:02d}" if minutes else "UTC"
