# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Type of the activity that tells of changes, and of the one that tells of silence.
CHANGED = "connector_ocs.activity_type_alert"
NOT_SEEN = "connector_ocs.activity_type_not_seen"


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Activities that an import leaves on an asset."""

    _inherit = "maintenance.equipment"

    def _ocs_alert(self, backend, body):
        """Leave an activity that tells of changes, or add to the one that is open.

        :param backend: ocs.backend
        :param body: HTML
        """
        self.ensure_one()
        activity = self._ocs_activities(CHANGED)[:1]
        if activity:
            activity.note = (activity.note or "") + body
            self._ocs_hand_over(activity, backend)
            return
        user = self._ocs_alert_user(backend)
        kind = self.env.ref(CHANGED, raise_if_not_found=False)
        if user and kind:
            self.activity_schedule(
                CHANGED,
                user_id=user.id,
                summary=self.env._("Changed in OCS"),
                note=body,
            )

    def _ocs_alert_not_seen(self, backend):
        """Leave an activity on each of these assets that has none yet.

        :param backend: ocs.backend that does not see them any more
        """
        kind = self.env.ref(NOT_SEEN, raise_if_not_found=False)
        if not kind:
            return
        told = self._ocs_told_of_silence()
        if told:
            told._ocs_hand_over(told._ocs_activities(NOT_SEEN), backend)
        model = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "activity_type_id": kind.id,
                "automated": True,
                "res_model_id": model,
                "res_id": asset.id,
                "user_id": asset._ocs_alert_user(backend).id,
                "summary": self.env._("Not seen by OCS"),
                "note": asset._ocs_describe_silence(backend),
            }
            for asset in self - told
        ]
        # one mail for each of hundreds of computers would help nobody
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create([each for each in values if each["user_id"]])

    def _ocs_hand_over(self, activities, backend):
        """Open activities of somebody who left go to who is told now."""
        for activity in activities:
            asset = self.browse(activity.res_id)
            if asset._ocs_can_be_told(activity.user_id):
                continue
            user = asset._ocs_alert_user(backend)
            if user:
                activity.user_id = user

    def _ocs_told_of_silence(self):
        """Those of which somebody knows: the activity is open, or done since then."""
        activities = self._ocs_activities(NOT_SEEN, states=(True, False))
        told = activities.grouped("res_id")
        return self.filtered(
            lambda asset: (
                asset.id in told and asset._ocs_is_known_silent(told[asset.id])
            )
        )

    def _ocs_is_known_silent(self, activities):
        seen = [
            date.date() for date in self.ocs_bind_ids.mapped("last_inventory") if date
        ]
        return any(
            activity.active or all(activity.date_done > date for date in seen)
            for activity in activities
        )

    def _ocs_describe_silence(self, backend):
        binding = self.ocs_bind_ids.filtered(lambda each: each.backend_id == backend)
        return self.env._(
            "The last inventory in %(backend)s is of %(date)s.",
            backend=backend.name,
            date=fields.Date.to_string(binding[:1].last_inventory),
        )

    @api.model
    def _ocs_end_not_seen(self):
        """Take back the activities of assets that were seen again, or left OCS."""
        activities = self._ocs_activities(NOT_SEEN)
        model = self.with_context(active_test=False)
        ended = activities.filtered(
            lambda each: not model.browse(each.res_id)._ocs_is_silent()
        )
        for activity in ended:
            model.browse(activity.res_id)._ocs_log_seen(activity.create_date)
        ended.unlink()

    def _ocs_log_seen(self, since):
        """Tell that the computer is there again, unless it is not.

        :param since: datetime, when there was an alert
        """
        dates = self.ocs_bind_ids.mapped("last_inventory")
        seen = [date.date() for date in dates if date and date.date() >= since.date()]
        if seen:
            date = fields.Date.to_string(max(seen))
            self._ocs_log(self.env._("Seen by OCS again, on %s.", date))

    def _ocs_is_silent(self):
        """Whether a backend that alerts of it does not see this asset any more."""
        return any(
            binding.backend_id.has_not_seen_alert
            and binding.filtered_domain(binding.backend_id._not_seen_domain())
            for binding in self.ocs_bind_ids
        )

    def _ocs_alert_user(self, backend):
        """Who is told of this asset.

        :param backend: ocs.backend
        :return: res.users, empty when there is nobody
        """
        candidates = self.technician_user_id + backend.user_id
        return candidates.filtered(self._ocs_can_be_told)[:1]

    def _ocs_can_be_told(self, user):
        company = self.company_id
        is_there = user.active and not user.share
        return is_there and (not company or company in user.company_ids)

    def _ocs_activities(self, kind, states=(True,)):
        """Activities that an import left, on these assets or on all.

        :param kind: XML id of their type
        :param states: values of active; those that are done have False
        """
        kind = self.env.ref(kind, raise_if_not_found=False)
        domain = [
            ("res_model", "=", self._name),
            ("automated", "=", True),
            ("active", "in", states),
            ("activity_type_id", "=", kind.id if kind else 0),
        ]
        if self:
            domain.append(("res_id", "in", self.ids))
        # sudo: whoever they were left to
        return self.env["mail.activity"].sudo().search(domain)

    def _ocs_activities_of_people(self):
        """Activities that no import left."""
        kinds = {
            self.env.ref(kind, raise_if_not_found=False) for kind in (CHANGED, NOT_SEEN)
        }
        return self.activity_ids.filtered(
            lambda each: not (each.automated and each.activity_type_id in kinds)
        )
