"""``make docs``: generate README.rst, index.html and .pot of the addons."""

from . import lint, odoo_server, paths, template
from .console import step

DATABASE = "docs"
LOG = paths.LOG / "docs.log"


def write():
    """Generate README.rst, index.html and the .pot of each addon.

    PostgreSQL must be running.
    """
    lint.write_readmes()
    with step("Generate the .pot files"):
        _export_terms([addon.name for addon in paths.addons()])


def _export_terms(addons):
    template.copy(DATABASE)
    try:
        odoo_server.run_once(DATABASE, "-i", ",".join(addons), log=LOG)
        odoo_server.export_terms(DATABASE, addons, log=LOG)
    finally:
        template.drop(DATABASE)
