# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).


def uninstall_hook(env):
    """Leave the assets as they are, and a job queue that can be read.

    The categories stay with the equipment in them; jobs of models that are no
    longer there would break every look at the queue.
    """
    env["queue.job"].search([("model_name", "=like", "ocs.%")]).unlink()
    env["ir.model.data"].search(
        [
            ("module", "=", "connector_ocs"),
            ("model", "=", "maintenance.equipment.category"),
        ]
    ).unlink()
