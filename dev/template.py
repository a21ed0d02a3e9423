"""PostgreSQL databases built once and copied: a copy takes a tenth of a second."""

import ast

from . import odoo_server, odoo_source, paths, postgres
from .console import step

# What our addons depend on; and that with our addons, for their tests.
BASE = "template_base"
ADDONS = "template_addons"
LOG = paths.LOG / "template.log"
ALWAYS = {"base", "web", "mail", "queue_job"}
# Copies have no files of their own then that another copy could remove.
STORE_IN_DATABASE = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
env.cr.commit()
"""
# Builds scripts and style sheets now instead of at the first page. Our addons change
# those of the screens, not those of the login; nobody needs the others.
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
# What no database depends on: tests, and texts that people read on disk.
NOT_INSTALLED = {"tests", "readme", "README.rst", "index.html", "__pycache__"}


def ensure():
    """Build the template with everything our addons depend on, unless it is there.

    PostgreSQL must be running.
    """
    modules = sorted(dependencies(paths.addons()))
    if _base(modules).fresh() and postgres.exists(BASE):
        return
    with step(f"Template database ({' '.join(modules)})"):
        _build(BASE, _base(modules), _build_base, modules)


def ensure_addons():
    """Build the template with our addons, unless it is there and their files as then.

    PostgreSQL and the template of what they depend on must be there.
    """
    addons = paths.addons()
    if _with(addons).fresh() and postgres.exists(ADDONS):
        return
    with step(f"Template database ({' '.join(addon.name for addon in addons)})"):
        _build(ADDONS, _with(addons), _build_addons, addons)


def ensure_tours():
    """Build what a browser loads in the template with our addons, unless it is there.

    That template must be there.
    """
    assets = paths.Stamp("template_tours", _with(paths.addons()).key)
    if assets.fresh():
        return
    with step("Scripts and style sheets"):
        _shell(ADDONS, PREPARE_ASSETS.format(**TOURS))
    assets.write()


def _base(modules):
    version = odoo_source.find().version
    key = paths.digest(version, modules, paths.PINS / "python.txt")
    return paths.Stamp(BASE, key)


def _with(addons):
    base = _base(sorted(dependencies(addons)))
    parts = [part for addon in addons for part in _content(addon)]
    return paths.Stamp(ADDONS, paths.digest(base.key, STORE_IN_DATABASE, *parts))


def _content(addon):
    """Yield the name and the path of each file that an installation may read."""
    for path in sorted(addon.rglob("*")):
        name = path.relative_to(paths.ROOT)
        if path.is_file() and NOT_INSTALLED.isdisjoint(name.parts):
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


def _build_base(database, modules):
    postgres.query(f"CREATE DATABASE {database} ENCODING 'UTF8' TEMPLATE template0")
    odoo_server.run_once(database, "-i", ",".join(modules), log=LOG)
    _shell(database, PREPARE_ASSETS.format(**LOGIN))


def _build_addons(database, addons):
    copy(database)
    names = ",".join(addon.name for addon in addons)
    odoo_server.run_once(database, "-i", names, log=LOG)
    _shell(database, STORE_IN_DATABASE)
    odoo_server.drop_filestore(database)


def _shell(database, code):
    odoo_server.run_once(database, log=LOG, sub_command=["shell"], stdin=code)


def dependencies(addons):
    """Return the modules outside of ``addons`` that these folders depend on."""
    names = {addon.name for addon in addons}
    found = set(ALWAYS)
    for addon in addons:
        manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
        found |= set(manifest.get("depends", ()))
    return found - names


def copy(database, template=BASE):
    """Create ``database`` from a template."""
    drop(database)
    postgres.clone(template, database)
    odoo_server.clone_filestore(template, database)


def drop_copies():
    """Remove the copies of the template with our addons that workers of tests made."""
    for database in postgres.query("SELECT datname FROM pg_database"):
        if database.startswith(f"{ADDONS}-"):
            drop(database)


def drop(database):
    """Remove ``database`` and its files."""
    postgres.drop(database)
    odoo_server.drop_filestore(database)
