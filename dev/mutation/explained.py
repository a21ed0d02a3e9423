"""The list of mutants that behave as the original: ``dev/mutants.toml``."""

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

KEY = ("file", "function", "source", "mutation")


def read(path):
    """Return the explanations: {(file, function, source, mutation): sentence}.

    :raise ValueError: an entry is incomplete
    """
    entries = tomllib.loads(path.read_text()).get("equivalent", ())
    for entry in entries:
        if missing := {*KEY, "why"} - {name for name in entry if entry[name]}:
            raise ValueError(f"{path.name}: {entry} lacks {', '.join(sorted(missing))}")
    return {_key(entry): entry["why"] for entry in entries}


def _key(entry):
    return tuple(entry[name] for name in KEY)


def unexplained(survivors, explanations):
    """Return the survivors without an explanation, and the explanations of none.

    :param survivors: list of dict
    :return: list of dict, sorted list of keys as in the explanations
    """
    found = {_key(each) for each in survivors}
    files = {each[0] for each in found}
    left = [each for each in survivors if _key(each) not in explanations]
    stale = {key for key in explanations if key[0] in files} - found
    return left, sorted(stale)
