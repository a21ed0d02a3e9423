"""``make test ALONE=all``: install, test and uninstall each addon without others."""

import os
from functools import partial

from . import odoo_server, paths, postgres, pytest_runs, selection, template, testing
from .console import Failure, say, step
from .results import Result

ALL = "all"
LOG = paths.LOG / "alone.log"
# Names of databases: with the modules of Odoo and the OCA that an addon needs; with our
# addons that it needs; and with the addon.
PREFIX = "alone"
MODULES, BEFORE, ADDON = (f"{PREFIX}-{each}" for each in ("modules", "before", "addon"))

# What a module may leave behind, a line for each: columns, constraints and indexes of
# tables; records with an external ID, the content of views; fields and options;
# parameters. Odoo itself leaves external IDs of inheritances and of options that are
# gone. It also removes related fields that depend on a field of the addon, until their
# own addon is updated.
CONTENT = """
SELECT format('column %s.%s %s', table_name, column_name, data_type)
  FROM information_schema.columns WHERE table_schema = 'public'
 UNION ALL
SELECT format('constraint %s.%s', conrelid::regclass, conname)
  FROM pg_constraint WHERE conrelid != 0
 UNION ALL
SELECT format('index %s.%s', tablename, indexname)
  FROM pg_indexes WHERE schemaname = 'public'
 UNION ALL
SELECT format('record %s.%s', data.module, data.name) FROM ir_model_data AS data
  LEFT JOIN ir_model_fields AS field
    ON data.model = 'ir.model.fields' AND field.id = data.res_id
  LEFT JOIN ir_model_fields_selection AS selection
    ON data.model = 'ir.model.fields.selection' AND selection.id = data.res_id
 WHERE data.name NOT LIKE 'model\\_inherit\\_\\_%' AND field.related IS NULL
   AND (data.model != 'ir.model.fields.selection' OR selection.id IS NOT NULL)
 UNION ALL
SELECT format('view %s %s', key, md5(arch_db::text)) FROM ir_ui_view
 UNION ALL
SELECT format('model %s', model) FROM ir_model
 UNION ALL
SELECT format('field %s.%s', model, name) FROM ir_model_fields WHERE related IS NULL
 UNION ALL
SELECT format('option %s.%s %s', field.model, field.name, selection.value)
  FROM ir_model_fields_selection AS selection
  JOIN ir_model_fields AS field ON field.id = selection.field_id
 UNION ALL
SELECT format('parameter %s', key) FROM ir_config_parameter
"""


def chosen(names):
    """Return the folders of the addons that ``ALONE`` names.

    :param names: names separated by spaces or commas, or 'all'
    :raise Failure: there is no such addon
    """
    addons = {addon.name: addon for addon in paths.addons()}
    wanted = names.replace(",", " ").split()
    if wanted == [ALL]:
        return list(addons.values())
    unknown = [name for name in wanted if name not in addons]
    if unknown:
        raise Failure(
            f"ALONE={names}: there is no addon {unknown[0]}.",
            f"Choose {ALL} or some of {', '.join(addons)}.",
        )
    return [addons[name] for name in wanted]


def run(addons, options):
    """Test each of ``addons`` alone, one after the other, and return the result."""
    names = options.only.replace(",", " ").split()
    os.environ[selection.VARIABLE] = " ".join(names)
    testing.prepare(options)
    template.drop_copies(PREFIX)
    total = Result()
    try:
        for addon in addons:
            outcome = testing.attempt(partial(_check, addon))
            say(f"{addon.name} alone:")
            testing.show(outcome)
            total += outcome
    finally:
        template.drop_copies(PREFIX)
    return total


def _check(addon):
    """Install ``addon`` with what it needs, run its tests, and uninstall it."""
    needed = needed_by(addon)
    _build(addon, needed)
    outcome = pytest_runs.on_copies(ADDON, [addon.name], f"test-{addon.name}")
    return outcome + _uninstall(addon)


def needed_by(addon):
    """Return the folders of our addons on which ``addon`` depends, sorted by name."""
    addons = {each.name: each for each in paths.addons()}
    found, pending = set(), [addon]
    while pending:
        names = template.depends(pending.pop()) & addons.keys() - found
        found |= names
        pending += [addons[name] for name in names]
    return [addons[name] for name in sorted(found)]


def _build(addon, needed):
    ours = [addon, *needed]
    modules = set().union(*map(template.depends, ours)) - {each.name for each in ours}
    with step(f"Build a database for {addon.name} alone"):
        template.build_addons(BEFORE, needed, _build_modules(sorted(modules)))
        template.build_addons(ADDON, [addon], BEFORE)
    if pytest_runs.needs_browser([addon.name]):
        template.prepare_tours(ADDON)


def _build_modules(modules):
    """Build a database with ``modules``, unless it is there; return its name."""
    database = f"{MODULES}-{paths.digest(*modules)}"
    if not postgres.exists(database):
        template.build_base(database, modules)
    return database


def _uninstall(addon):
    """Uninstall ``addon`` and compare the database with the one before."""
    with step(f"Uninstall {addon.name}"):
        odoo_server.uninstall(ADDON, addon.name, log=LOG)
    before, after = (set(postgres.query(CONTENT, each)) for each in (BEFORE, ADDON))
    changes = [f"  left: {line}" for line in sorted(after - before)]
    changes += [f"  lost: {line}" for line in sorted(before - after)]
    if not changes:
        return Result(passed=1)
    title = f"✗ {addon.name} was not uninstalled without a trace."
    return Result.failure("\n".join([title, *changes]))
