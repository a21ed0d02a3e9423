# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Sizes of memory, disks and volumes."""

_UNITS = ("MB", "GB", "TB", "PB")


def readable_size(megabytes):
    """Return a size in a human-readable form.

    :param megabytes: int
    :return: such as '512 MB', '8 GB' or '1.8 TB'; '' if it is unknown
    """
    if not megabytes:
        return ""
    size, unit = megabytes, 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f}".removesuffix(".0") + f" {_UNITS[unit]}"
