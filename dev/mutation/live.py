"""The functions of imported modules, whose code is replaced."""

import functools
import importlib
import inspect
import sys
from contextlib import contextmanager
from pathlib import Path

ADDONS = "odoo.addons"
CACHED = type(functools.cache(len))


def module_of(path):
    """Return the imported module of a file of an addon.

    :param path: relative to the repository
    """
    parts = Path(path).with_suffix("").parts
    return importlib.import_module(".".join([ADDONS, *parts]))


def function_of(module, mutant):
    """Return the function that a mutant replaces.

    :raise LookupError: it cannot be found behind its decorators
    """
    owner, *path = module, *mutant.function.split(".")
    for name in path[:-1]:
        owner = vars(owner)[name]
    for function in _behind(vars(owner)[path[-1]]):
        if function.__code__.co_firstlineno == mutant.start:
            return function
    raise LookupError(f"{mutant.function} cannot be replaced.")


def _behind(attribute):
    """Yield the functions behind a property, a method or a decorated function."""
    if isinstance(attribute, property):
        candidates = attribute.fget, attribute.fset, attribute.fdel
    elif isinstance(attribute, functools.cached_property):
        candidates = (attribute.func,)
    else:
        candidates = (attribute,)
    for each in filter(None, candidates):
        function = inspect.unwrap(getattr(each, "__func__", each))
        if inspect.isfunction(function):
            yield function


@contextmanager
def replaced(module, mutant):
    """Replace the code of a function while the context is active."""
    function = function_of(module, mutant)
    original = function.__code__
    function.__code__ = mutant.code
    forget()
    try:
        yield
    finally:
        function.__code__ = original
        forget()


def forget():
    """Clear what functions of the addons have cached in the process."""
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{ADDONS}."):
            for each in list(vars(module).values()):
                if isinstance(each, CACHED):
                    each.cache_clear()
