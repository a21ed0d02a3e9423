# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Comparison of two snapshots of an asset.

A snapshot is a dict: ``texts`` {subject: text}, ``items`` {subject: list of
:class:`Item`}, ``memory_mb`` and ``modules_mb`` (int, MB), ``addresses`` (list of IP
addresses) and ``known`` (OCS tables that were imported).
"""

from collections import Counter
from typing import NamedTuple

#: {subject: OCS table}
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
#: Relative difference up to which two sizes count as equal, since the operating system
#: reports them inexactly.
_TOLERANCE = 0.05


class Item(NamedTuple):
    """Disk, volume, network interface or monitor of an asset."""

    #: value that is the same in both snapshots of the same item
    identity: object
    label: str
    #: MB
    size: int = 0


class AssetChange(NamedTuple):
    """Change of an asset: one line of the message."""

    #: key of TEXTS; key of ITEMS, possibly with _added or _removed; or addresses
    subject: str
    old: str
    new: str
    #: code of ocs.alert, or ''
    alert: str = ""


def compare(before, after):
    """Return the changes between two snapshots.

    A value that was imported for the first time is no change.

    :param before: snapshot
    :param after: snapshot
    :return: list of :class:`AssetChange`
    """
    changes = []
    for subject, table in TEXTS.items():
        if _was_imported(before, table, before["texts"][subject]):
            changes += _text(subject, before, after)
    changes += _addresses(before, after)
    for subject, table in ITEMS.items():
        if _was_imported(before, table, before["items"][subject]):
            changes += _items(
                subject, before["items"][subject], after["items"][subject]
            )
    return changes


def _was_imported(before, table, value):
    """Return whether a value, even an empty one, had been imported from OCS."""
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
    return [AssetChange(subject, old, new, alert)]


def _total_memory(old, new):
    """Return the change of the total memory if no modules are known.

    The operating system reserves a varying amount of memory, so small differences are
    ignored.
    """
    if not old or not new or _is_near(old, new):
        return []
    alert = "memory_shrank" if new < old else ""
    return [AssetChange("memory", f"{old}MB", f"{new}MB", alert)]


def _addresses(before, after):
    old, new = before["addresses"], after["addresses"]
    is_first = not old and "networks" not in before["known"]
    if old == new or is_first:
        return []
    return [AssetChange("addresses", _enumerated(old), _enumerated(new))]


def _enumerated(texts, limit=10):
    return ", ".join(texts[:limit]) + (", …" if len(texts) > limit else "")


def _items(subject, before, after):
    """Return the changes of items: changed ones, removed ones, then added ones.

    Equal items are counted.
    """
    missing = list((Counter(before) - Counter(after)).elements())
    added = list((Counter(after) - Counter(before)).elements())
    changes, removed = [], []
    by_identity = {item.identity: item for item in reversed(added)}
    for old in missing:
        new = by_identity.pop(old.identity, None)
        if not new:
            removed.append(old)
            continue
        added.remove(new)
        if old.label != new.label and not _is_near(old.size, new.size):
            changes.append(AssetChange(subject, old.label, new.label))
    return [
        *changes,
        *(_removed(subject, item) for item in removed),
        *(AssetChange(f"{subject}_added", "", item.label) for item in added),
    ]


def _removed(subject, item):
    subject = f"{subject}_removed"
    return AssetChange(subject, item.label, "", ALERTS.get(subject, ""))


def _is_near(old, new):
    """Return whether two known sizes are equal within the tolerance."""
    return bool(old and new) and abs(new - old) <= _TOLERANCE * old
