"""What runs in an Odoo's process: each module has ``run(env, **parameters)``."""
