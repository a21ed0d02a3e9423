# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""What differs between two pictures of an asset, in the words of a technician.

A picture is a dict: ``texts`` {subject: text}, ``items`` {subject: list of
:class:`Item`}, ``memory_mb`` and ``modules_mb`` (int, MB), ``addresses`` (list of IP
addresses) and ``known`` (tables of OCS that were imported).
"""

from collections import Counter
from typing import NamedTuple

#: {subject: table of OCS it comes from}
TEXTS = {
    "name": "hardware",
    "serial": "bios",
    "processor": "hardware",
    "memory": "memories",
    "graphics": "videos",
    "system": "hardware",
    "bios": "bios",
    "domain": "hardware",
    "tag": "accountinfo",
}
ITEMS = {
    "disk": "storages",
    "volume": "drives",
    "network": "networks",
    "monitor": "monitors",
}
#: {subject: code of ocs.alert}
ALERTS = {
    "serial": "serial_changed",
    "bios": "bios_changed",
    "disk_removed": "disk_removed",
    "monitor_removed": "monitor_removed",
}
#: Share by which a size may differ and still be the same, as the system counts it.
_TOLERANCE = 0.05


class Item(NamedTuple):
    """One of several things of a kind."""

    #: what is the same as long as it is the same thing
    identity: object
    label: str
    #: MB
    size: int = 0


class Change(NamedTuple):
    """One line of the message."""

    #: key of TEXTS or ITEMS; with _added or _removed after that of ITEMS; addresses
    subject: str
    old: str
    new: str
    #: code of ocs.alert, or ''
    alert: str = ""


def compare(before, after):
    """What is to be told.

    Nothing of what is known for the first time: it did not change.

    :param before: picture
    :param after: picture
    :return: list of :class:`Change`
    """
    changes = []
    for subject, table in TEXTS.items():
        if _was_known(before, table, before["texts"][subject]):
            changes += _text(subject, before, after)
    changes += _addresses(before, after)
    for subject, table in ITEMS.items():
        if _was_known(before, table, before["items"][subject]):
            changes += _items(
                subject, before["items"][subject], after["items"][subject]
            )
    return changes


def _was_known(before, table, value):
    """Whether a blank value is one that OCS had."""
    return bool(value) or table == "hardware" or table in before["known"]


def _text(subject, before, after):
    old, new = before["texts"][subject], after["texts"][subject]
    if subject == "memory" and not old and not new:
        return _total_memory(before["memory_mb"], after["memory_mb"])
    if old == new:
        return []
    alert = ALERTS.get(subject, "")
    if subject == "memory" and 0 < after["modules_mb"] < before["modules_mb"]:
        alert = "memory_shrank"
    return [Change(subject, old, new, alert)]


def _total_memory(old, new):
    """The memory of a machine of which no modules are known.

    A system keeps a little of it for itself, not always the same.
    """
    if not old or not new or _is_near(old, new):
        return []
    alert = "memory_shrank" if new < old else ""
    return [Change("memory", f"{old}MB", f"{new}MB", alert)]


def _addresses(before, after):
    old, new = before["addresses"], after["addresses"]
    is_first = not old and "networks" not in before["known"]
    if old == new or is_first:
        return []
    return [Change("addresses", _enumerated(old), _enumerated(new))]


def _enumerated(texts, limit=10):
    return ", ".join(texts[:limit]) + (", …" if len(texts) > limit else "")


def _items(subject, before, after):
    """Things that went, came, or are something else now.

    Equal things are counted.
    """
    lost = list((Counter(before) - Counter(after)).elements())
    came = list((Counter(after) - Counter(before)).elements())
    changes, removed = [], []
    by_identity = {item.identity: item for item in reversed(came)}
    for old in lost:
        new = by_identity.pop(old.identity, None)
        if not new:
            removed.append(old)
            continue
        came.remove(new)
        if old.label != new.label and not _is_near(old.size, new.size):
            changes.append(Change(subject, old.label, new.label))
    return [
        *changes,
        *(_gone(subject, item) for item in removed),
        *(Change(f"{subject}_added", "", item.label) for item in came),
    ]


def _gone(subject, item):
    subject = f"{subject}_removed"
    return Change(subject, item.label, "", ALERTS.get(subject, ""))


def _is_near(old, new):
    """Whether two sizes that are known may be one."""
    return bool(old and new) and abs(new - old) <= _TOLERANCE * old
