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


def unexplained(report, explanations):
    """Return the survivors without an explanation, and the explanations of none.

    :param report: dict with "survivors" (list of dict) and "functions", those that were
        changed: list of pairs of file and name
    :return: list of dict, sorted list of keys as in the explanations
    """
    survivors = report["survivors"]
    changed = {tuple(each) for each in report["functions"]}
    left = [each for each in survivors if _key(each) not in explanations]
    stale = explanations.keys() - set(map(_key, survivors))
    return left, sorted(key for key in stale if key[:2] in changed)
