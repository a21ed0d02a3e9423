# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Names of the models and methods of an addon that can be reached over RPC."""

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method

#: Methods of the table of models, by the letter that stands for them.
OPERATIONS = {"R": "read", "W": "write", "C": "create", "D": "unlink"}

#: Methods of all models that the addons extend: they return what the user may read.
READING = frozenset(("copy_data", "export_data"))

#: Beginnings of the names of these addons.
ADDONS = ("connector_ocs", "maintenance_equipment_hardware")


def is_ours(module):
    """Return whether a module, or None, is one of these addons."""
    return (module or "").startswith(ADDONS)


def own_models(env, addon):
    """Return the names of an addon's models, without abstract ones."""
    return sorted(
        name
        for name, model in env.registry.items()
        if model._original_module == addon and not model._abstract
    )


def own_methods(env, addon):
    """Return the methods of an addon that can be called over RPC, also on core models.

    ``onchange`` of its wizards belongs to them if they have computed fields: it
    computes them for a wizard that does not exist yet, from any values.

    :return: list of pairs of a model and a method
    """
    found = {
        (name, method)
        for name, model in env.registry.items()
        if not model._abstract
        for method in _defined(model, addon)
        if _is_public(env[name], method)
    }
    wizards = {
        (name, "onchange")
        for name in own_models(env, addon)
        if _computes(env[name], addon)
    }
    return sorted(found | wizards)


def _defined(model, addon):
    """Return the names of the methods that an addon defines, except those of models.

    The table of models contains reading, writing, creating and deleting.
    """
    own = f"odoo.addons.{addon}."
    classes = [each for each in model.mro() if each.__module__.startswith(own)]
    return {
        name
        for each in classes
        for name, value in vars(each).items()
        if callable(value) and name not in READING.union(OPERATIONS.values())
    }


def _is_public(model, method):
    try:
        return bool(get_public_method(model, method))
    except AccessError:
        return False


def _computes(model, addon):
    """Return whether a model is a wizard with fields that the addon computes."""
    fields = model._fields.values()
    return model._transient and any(
        field.compute and field._module == addon for field in fields
    )
