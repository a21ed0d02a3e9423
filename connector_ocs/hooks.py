# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from .models.maintenance_equipment_alert import CHANGED, NOT_SEEN


def uninstall_hook(env):
    """Leave the assets as they are, and a job queue that can be read.

    The categories stay with the equipment in them; jobs of models that are no
    longer there would break every look at the queue. Alerts go, with their types.
    """
    env["queue.job"].search([("model_name", "=like", "ocs.%")]).unlink()
    kinds = [CHANGED, NOT_SEEN]
    activities = env["mail.activity"].with_context(active_test=False)
    for kind in filter(None, (env.ref(each, False) for each in kinds)):
        activities.search([("activity_type_id", "=", kind.id)]).unlink()
    env["ir.model.data"].search(
        [
            ("module", "=", "connector_ocs"),
            ("model", "=", "maintenance.equipment.category"),
        ]
    ).unlink()
