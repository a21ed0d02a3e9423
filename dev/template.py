"""A PostgreSQL database built once and copied: a copy takes a tenth of a second."""

import ast

from . import odoo_server, odoo_source, paths, postgres
from .console import step

BASE = "template_base"
BUILDING = "template_building"
LOG = paths.LOG / "template.log"
ALWAYS = {"base", "web", "mail", "queue_job"}
PREPARE_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def ensure():
    """Build the template with everything our addons depend on, unless it is there.

    PostgreSQL must be running.
    """
    modules = sorted(dependencies(paths.addons()))
    version = odoo_source.find().version
    key = paths.digest(version, modules, paths.PINS / "python.txt")
    stamp = paths.Stamp("template_base", key)
    if stamp.fresh() and postgres.exists(BASE):
        return
    stamp.clear()
    with step(f"Template database ({' '.join(modules)})"):
        _build(modules)
    stamp.write()


def _build(modules):
    postgres.drop(BUILDING)
    postgres.query(f"CREATE DATABASE {BUILDING} ENCODING 'UTF8' TEMPLATE template0")
    odoo_server.drop_filestore(BUILDING)
    odoo_server.run_once(BUILDING, "-i", ",".join(modules), log=LOG)
    prepare_assets(BUILDING)
    postgres.drop(BASE)
    postgres.rename(BUILDING, BASE)
    odoo_server.rename_filestore(BUILDING, BASE)


def prepare_assets(database):
    """Build the scripts and style sheets now instead of at the first page."""
    odoo_server.run_once(database, log=LOG, sub_command=["shell"], stdin=PREPARE_ASSETS)


def dependencies(addons):
    """Return the modules outside of ``addons`` that these folders depend on."""
    names = {addon.name for addon in addons}
    found = set(ALWAYS)
    for addon in addons:
        manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
        found |= set(manifest.get("depends", ()))
    return found - names


def copy(database):
    """Create ``database`` from the template."""
    postgres.drop(database)
    postgres.clone(BASE, database)
    odoo_server.clone_filestore(BASE, database)


def drop(database):
    """Remove ``database`` and its files."""
    postgres.drop(database)
    odoo_server.drop_filestore(database)
