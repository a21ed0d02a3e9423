# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Graphics adapters: their summary."""

from .values import as_texts


def graphics_summary(videos):
    """Summarize graphics adapters in the order of OCS.

    :param videos: rows of videos, with NAME
    :return: names joined with ', ', without blank names
    """
    return ", ".join(filter(None, (row["NAME"] for row in as_texts(videos))))
