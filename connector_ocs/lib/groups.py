# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict


def connected(items, relations):
    """Group items that are related to each other, directly or through other items.

    :param items: ascending list, not empty
    :param relations: iterable of collections of items; others in them are ignored
    :return: list of ascending lists; an item without relation is alone in its list
    """
    leaders = {each: each for each in items}

    def leader(each):
        while leaders[each] != each:
            each = leaders[each]
        return each

    for related in relations:
        found = {leader(each) for each in related if each in leaders}
        leaders.update(dict.fromkeys(found, min(found, default=0)))
    groups = defaultdict(list)
    for each in items:
        groups[leader(each)].append(each)
    return list(groups.values())
