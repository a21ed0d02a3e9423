"""``make docs``: the addons' files that are written from their sources."""

from . import odoo_server, paths, template
from .console import run, step

DATABASE = "docs"
LOG = paths.LOG / "docs.log"
# docutils is in the environment only.
PAGES = "from dev import docs, paths; [docs.write(addon) for addon in paths.addons()]"


def write():
    """Write README.rst, index.html and the .pot of each addon.

    PostgreSQL must be running.
    """
    with step("README.rst and index.html"):
        run([paths.PYTHON, "-c", PAGES], cwd=paths.ROOT, log=LOG)
    with step("Terms to translate"):
        _export_terms([addon.name for addon in paths.addons()])


def _export_terms(addons):
    template.copy(DATABASE)
    try:
        odoo_server.run_once(DATABASE, "-i", ",".join(addons), log=LOG)
        odoo_server.export_terms(DATABASE, addons, log=LOG)
    finally:
        template.drop(DATABASE)
