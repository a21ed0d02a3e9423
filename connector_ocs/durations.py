# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Durations in words."""


def in_words(env, duration):
    """Return a duration in its two largest units, such as "2 min 5 s".

    :param duration: timedelta; less than a second counts as none
    """
    minutes, seconds = divmod(max(0, int(duration.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return env._("%(days)s d %(hours)s h", days=days, hours=hours)
    if hours:
        return env._("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    if minutes:
        return env._("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=seconds)
    return env._("%(seconds)s s", seconds=seconds)
