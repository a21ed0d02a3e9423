# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from .models.maintenance_equipment_alert import CHANGED, NOT_SEEN


def uninstall_hook(env):
    """Keep the assets, and delete what would be broken without this addon.

    The categories stay, with their equipment. Jobs of removed models are deleted, as
    they would make the job queue unreadable, and so are the activities of alerts, whose
    types are removed.
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
