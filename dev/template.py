"""Template databases: copying one takes a tenth of a second."""

import ast

from . import odoo_server, odoo_source, paths, postgres
from .console import step

# The dependencies of our addons; and, for the tests, the addons as well.
BASE = "template_base"
ADDONS = "template_addons"
LOG = paths.LOG / "template.log"
ALWAYS = {"base", "web", "mail", "queue_job"}
# Copies then need no filestore, whose files another copy could remove.
STORE_IN_DATABASE = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
env.cr.commit()
"""
# Builds the assets in advance instead of with the first page. Our addons change those
# of the web client, but not those of the login page; others are not needed.
PREPARE_ASSETS = """
bundle = env["ir.qweb"]._get_asset_bundle
for name in {scripts}:
    bundle(name, css=False, js=True).js()
for name in {styles}:
    bundle(name, css=True, js=False).css()
env.cr.commit()
"""
LOGIN = {
    "scripts": ["web.assets_frontend_minimal", "web.assets_frontend_lazy"],
    "styles": ["web.assets_frontend"],
}
TOURS = {
    "scripts": ["web.assets_web", "web.assets_tests", "web.__assets_tests_call__"],
    "styles": ["web.assets_web", "web.assets_web_print"],
}
# Files that do not change the database.
IGNORED = {"tests", "readme", "README.rst", "index.html", "__pycache__"}


def ensure():
    """Build the template with the dependencies of our addons, if necessary.

    PostgreSQL must be running.
    """
    modules = sorted(dependencies(paths.addons()))
    if _base_stamp(modules).fresh() and postgres.exists(BASE):
        return
    with step(f"Build the template database ({' '.join(modules)})"):
        _build(BASE, _base_stamp(modules), build_base, modules)


def ensure_addons():
    """Build the template with our addons, if it is missing or their files changed.

    PostgreSQL must be running, and the template with their dependencies must exist.
    """
    addons = paths.addons()
    if _addons_stamp(addons).fresh() and postgres.exists(ADDONS):
        return
    names = " ".join(addon.name for addon in addons)
    with step(f"Build the template database ({names})"):
        _build(ADDONS, _addons_stamp(addons), build_addons, addons)


def ensure_tours():
    """Build the assets for tours in the template with our addons, if necessary.

    That template must exist.
    """
    assets = paths.Stamp("template_tours", _addons_stamp(paths.addons()).key)
    if assets.fresh():
        return
    prepare_tours(ADDONS)
    assets.write()


def prepare_tours(database):
    """Build the assets for tours in ``database``."""
    with step("Build the assets of the web client"):
        _shell(database, PREPARE_ASSETS.format(**TOURS))


def _base_stamp(modules):
    version = odoo_source.find().version
    key = paths.digest(version, modules, paths.PINS / "python.txt")
    return paths.Stamp(BASE, key)


def _addons_stamp(addons):
    base = _base_stamp(sorted(dependencies(addons)))
    parts = [part for addon in addons for part in _content(addon)]
    return paths.Stamp(ADDONS, paths.digest(base.key, STORE_IN_DATABASE, *parts))


def _content(addon):
    """Yield the name and the path of each file that may change the database."""
    for path in sorted(addon.rglob("*")):
        name = path.relative_to(paths.ROOT)
        if path.is_file() and IGNORED.isdisjoint(name.parts):
            yield name.as_posix()
            yield path


def _build(name, stamp, build, content):
    stamp.clear()
    paths.Stamp("template_tours", "").clear()
    building = f"{name}_building"
    drop(building)
    build(building, content)
    drop(name)
    postgres.rename(building, name)
    odoo_server.rename_filestore(building, name)
    stamp.write()


def build_base(database, modules):
    """Create ``database`` with ``modules`` of Odoo and the OCA."""
    postgres.create(database)
    odoo_server.run_once(database, "-i", ",".join(modules), log=LOG)
    _shell(database, PREPARE_ASSETS.format(**LOGIN))


def build_addons(database, addons, template=BASE):
    """Create ``database`` from a template and install ``addons``, without filestore."""
    copy(database, template)
    if addons:
        names = ",".join(addon.name for addon in addons)
        # Only these: others of ours may be installed automatically after them.
        only = "--skip-auto-install"
        odoo_server.run_once(database, "-i", names, only, log=LOG)
    _shell(database, STORE_IN_DATABASE)
    odoo_server.drop_filestore(database)


def _shell(database, code):
    """Run Python code in ``odoo shell`` on ``database``."""
    odoo_server.run_once(database, log=LOG, sub_command=["shell"], stdin=code)


def dependencies(addons):
    """Return the modules on which ``addons`` depend, without ``addons`` themselves."""
    names = {addon.name for addon in addons}
    return ALWAYS.union(*map(depends, addons)) - names


def depends(addon):
    """Return the names of the modules in the manifest of ``addon``."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    return set(manifest.get("depends", ()))


def copy(database, template=BASE):
    """Create ``database`` from a template; drop an existing one."""
    drop(database)
    postgres.clone(template, database)
    odoo_server.clone_filestore(template, database)


def drop_copies(template):
    """Drop the databases whose names begin with that of ``template`` and a hyphen.

    Test workers give such names to their copies.
    """
    for database in postgres.query("SELECT datname FROM pg_database"):
        if database.startswith(f"{template}-"):
            drop(database)


def drop(database):
    """Drop ``database`` and its filestore."""
    postgres.drop(database)
    odoo_server.drop_filestore(database)
