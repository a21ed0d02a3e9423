# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Answers to searches that were made for many computers at once."""

from contextlib import contextmanager


class Prefetched:
    """What was found for the computers of a page, before they are imported.

    A search that is made for each computer looks here first. What was not looked up
    beforehand is not known: then it is searched for.
    """

    def __init__(self):
        self._found = {}

    @contextmanager
    def set_aside(self):
        """Inside, nothing is known: what was found may not hold any more."""
        found, self._found = self._found, {}
        try:
            yield
        finally:
            self._found = found

    def note(self, kind, keys, found):
        """Keep what was found.

        :param kind: name of the search
        :param keys: all that was looked for
        :param found: dict {key: list of ids}; nothing was found for other keys
        """
        self._found.update({(kind, key): found.get(key, ()) for key in keys})

    def get(self, kind, key):
        """What was found.

        :return: collection of ids, empty if there is nothing; None: not looked for
        """
        return self._found.get((kind, key))

    def is_nothing(self, kind, key):
        """Whether it was looked for, and there is nothing."""
        found = self.get(kind, key)
        return found is not None and not found
