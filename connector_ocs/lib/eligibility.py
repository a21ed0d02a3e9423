# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Selection of the rows of hardware that are computers to import."""

#: OCS stores groups of computers in the table hardware, too, under these DEVICEIDs.
GROUP_DEVICE_IDS = frozenset({"_SYSTEMGROUP_", "_DOWNLOADGROUP_"})


def exclusion(computer):
    """Return the reason why a row of hardware must not become an asset.

    :param computer: nested dict of one computer; hardware.ARCHIVE is absent
        before OCS 2.8
    :return: 'group', 'archived', or None if it is to be imported
    """
    hardware = computer["hardware"]
    if hardware["DEVICEID"] in GROUP_DEVICE_IDS:
        return "group"
    if hardware.get("ARCHIVE"):
        return "archived"
    return None
