# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models

#: Types of the activities for changes, and for computers no longer seen by OCS.
CHANGED = "connector_ocs.activity_type_alert"
NOT_SEEN = "connector_ocs.activity_type_not_seen"


class MaintenanceEquipmentAlert(models.AbstractModel):
    """Activities that alert users to changes of assets."""

    _name = "maintenance.equipment.alert"
    _description = "Alerts on Assets (abstract)"

    def _ocs_alert(self, backend, body):
        """Create an activity that reports changes, or add them to the open one.

        :param backend: ocs.backend
        :param body: HTML
        """
        self.ensure_one()
        activity = self._ocs_activities(CHANGED)[:1]
        if activity:
            activity.note = (activity.note or "") + body
            self._ocs_reassign(activity, backend)
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
        """Create an activity on each of these assets that has none yet.

        :param backend: ocs.backend that no longer sees them
        """
        kind = self.env.ref(NOT_SEEN, raise_if_not_found=False)
        if not kind:
            return
        alerted = self._ocs_already_alerted()
        if alerted:
            alerted._ocs_reassign(alerted._ocs_activities(NOT_SEEN), backend)
        model = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "activity_type_id": kind.id,
                "automated": True,
                "res_model_id": model,
                "res_id": asset.id,
                "user_id": asset._ocs_alert_user(backend).id,
                "summary": self.env._("Not seen by OCS"),
                "note": asset._ocs_describe_not_seen(backend),
            }
            for asset in self - alerted
        ]
        # no notifications by email: there may be hundreds of computers
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create([each for each in values if each["user_id"]])

    def _ocs_reassign(self, activities, backend):
        """Reassign open activities of users who can no longer be notified."""
        for activity in activities:
            asset = self.browse(activity.res_id)
            if asset._ocs_can_notify(activity.user_id):
                continue
            user = asset._ocs_alert_user(backend)
            if user:
                activity.user_id = user

    def _ocs_already_alerted(self):
        """Return the assets with an open activity, or one done since they were seen."""
        activities = self._ocs_activities(NOT_SEEN, states=(True, False))
        by_asset = activities.grouped("res_id")
        return self.filtered(
            lambda asset: (
                asset.id in by_asset and asset._ocs_has_alert(by_asset[asset.id])
            )
        )

    def _ocs_has_alert(self, activities):
        seen = [
            date.date() for date in self.ocs_bind_ids.mapped("last_inventory") if date
        ]
        return any(
            activity.active or all(activity.date_done > date for date in seen)
            for activity in activities
        )

    def _ocs_describe_not_seen(self, backend):
        binding = self.ocs_bind_ids.filtered(lambda each: each.backend_id == backend)
        return self.env._(
            "The last inventory in %(backend)s dates from %(date)s.",
            backend=backend.name,
            date=backend._local_day(binding[:1].last_inventory),
        )

    @api.model
    def _ocs_close_not_seen(self):
        """Delete the activities of assets seen again, or removed from OCS."""
        activities = self._ocs_activities(NOT_SEEN)
        model = self.with_context(active_test=False)
        obsolete = activities.filtered(
            lambda each: not model.browse(each.res_id)._ocs_is_not_seen()
        )
        for activity in obsolete:
            model.browse(activity.res_id)._ocs_log_seen_again(activity.create_date)
        obsolete.unlink()

    def _ocs_log_seen_again(self, since):
        """Log that the computer was inventoried again, if it was.

        :param since: datetime of the alert
        """
        bindings = self.ocs_bind_ids.filtered("last_inventory")
        last = bindings.sorted("last_inventory")[-1:]
        if last and last.last_inventory.date() >= since.date():
            date = last.backend_id._local_day(last.last_inventory)
            self._ocs_log(self.env._("Seen by OCS again on %s.", date))

    def _ocs_is_not_seen(self):
        """Return whether a backend with this alert no longer sees the asset."""
        return any(
            binding.backend_id.has_not_seen_alert
            and binding.filtered_domain(binding.backend_id._not_seen_domain())
            for binding in self.ocs_bind_ids
        )

    def _ocs_alert_user(self, backend):
        """Return the user to notify about this asset.

        :param backend: ocs.backend
        :return: res.users, empty if there is nobody
        """
        candidates = self.technician_user_id + backend.user_id
        return candidates.filtered(self._ocs_can_notify)[:1]

    def _ocs_can_notify(self, user):
        company = self.company_id
        is_available = user.active and not user.share
        return is_available and (not company or company in user.company_ids)

    def _ocs_activities(self, kind, states=(True,)):
        """Return the activities that alerts created on these assets, or on all.

        :param kind: XML ID of their type
        :param states: values of ``active``; False for activities that are done
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
        # sudo: whoever they are assigned to
        return self.env["mail.activity"].sudo().search(domain)

    def _ocs_user_activities(self):
        """Return the activities that no alert created."""
        kinds = {
            self.env.ref(kind, raise_if_not_found=False) for kind in (CHANGED, NOT_SEEN)
        }
        return self.activity_ids.filtered(
            lambda each: not (each.automated and each.activity_type_id in kinds)
        )
