"""Modules that run in a process of Odoo: each has ``run(env, **parameters)``."""
