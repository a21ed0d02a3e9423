# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Results of searches that were made for many computers at once."""

from contextlib import contextmanager


class Prefetched:
    """Cache of what was searched for the computers of a chunk before their import.

    Code that searches for a single computer checks this cache first, and searches the
    database for keys that were not prefetched.
    """

    def __init__(self):
        self._found = {}

    @contextmanager
    def disabled(self):
        """Disable the cache inside, since its content may be outdated."""
        found, self._found = self._found, {}
        try:
            yield
        finally:
            self._found = found

    def store(self, kind, keys, found):
        """Store the results of a search.

        :param kind: name of the search
        :param keys: all keys that were searched for
        :param found: dict {key: list of ids}; nothing was found for other keys
        """
        self._found.update({(kind, key): found.get(key, ()) for key in keys})

    def get(self, kind, key):
        """Return what was found.

        :return: collection of ids, empty if nothing was found; None if the key was not
            searched for
        """
        return self._found.get((kind, key))

    def has_none(self, kind, key):
        """Return whether the key was searched for and nothing was found."""
        found = self.get(kind, key)
        return found is not None and not found
