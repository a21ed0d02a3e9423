# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Graphics adapters: their summary."""


def graphics_summary(videos):
    """Summarize graphics adapters in the order of OCS.

    :param videos: rows of videos, with NAME
    :return: names joined with ', ', without blank names
    """
    return ", ".join(row["NAME"] for row in videos if row["NAME"])
