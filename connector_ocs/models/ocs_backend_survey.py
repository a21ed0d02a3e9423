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
    survey_tags = fields.Html(string="TAGs in OCS", compute="_compute_survey_report")

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
        found = self.survey
        every = self.env["ocs.section"].search_fetch([], ["name"])
        others = every - self.section_ids._origin
        names = ", ".join(others.mapped("name"))
        lines = [
            (self.env._("OCS release"), self._describe_release()),
            (self.env._("Time zone"), self._describe_offset()),
        ]
        if others:
            lines.append((self.env._("Sections not selected"), names))
        if "monitors" in found:
            lines.append((self.env._("Monitors"), self._amount(found["monitors"])))
        lines.append((self.env._("Computers"), self._amount(found.get("computers"))))
        return lines + [(_detail(label), text) for label, text in self._details()]

    def _details(self):
        """Return how many computers have data that identify them badly.

        :return: list of pairs of a label and a text
        """
        found = self.survey
        unseen = self.env._("without inventory for %s days", UNSEEN_DAYS)
        return [
            *(self._serial_details() if "serials" in found else ()),
            (self.env._("with a shared name"), self._amount(found.get("names"))),
            (unseen, self._amount(found.get("unseen"))),
        ]

    def _serial_details(self):
        serials, no_bios = self.survey["serials"] or {}, self.survey.get("no_bios")
        placeholders = self._amount(serials.get("placeholders"))
        return [
            (self.env._("without BIOS data"), self._amount(no_bios)),
            (
                self.env._("without serial number"),
                self._amount(serials.get("missing")),
            ),
            (self.env._("with a placeholder as serial number"), placeholders),
            (self.env._("with a shared serial number"), self._describe_shared(serials)),
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
            return self.env._("%s, as set below", _utc(found))
        return Markup('<span class="text-danger">%s</span>') % self.env._(
            "%(found)s, but %(tz)s is %(expected)s. Check the time zone below.",
            found=_utc(found),
            tz=self.tz,
            expected=_utc(expected),
        )

    def _describe_tags(self, found):
        """Return the TAGs, one per line as in the lists, with their computers."""
        if "tags" not in found:
            return False
        tags = found["tags"]
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


def _detail(label):
    """Return the label of a line about some of the computers."""
    return Markup('<span class="d-block ps-3">%s</span>') % label


def _utc(offset):
    """Return an offset as text: UTC, UTC+02:00, UTC-03:30."""
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours:02d}:{rest:02d}" if minutes else "UTC"
