# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""The numbers of a run add up, and each opens what it counts."""

from ..lib.run_lines import COUNTED

#: Numbers that do not overlap: together, they are what the run looked at.
PARTS = (*COUNTED, "repeated_count")
#: What the run looked at.
WHOLE = ("seen_count", "missing_count", "related_count")


def differences(run):
    """Return what does not add up in a run, of which nothing has been changed since.

    :return: list of sentences
    """
    found = wrong_sums(run)
    for name in (*PARTS, "missing_count", "related_count"):
        listed = opened(run, name)
        # what was left out may have been imported because of another computer
        is_less = name == "repeated_count" and run.related_count
        if len(listed) != run[name] and not is_less:
            found.append(f"{name} is {run[name]}, but opens {listed}")
    return found


def wrong_sums(run):
    """Return which numbers of a run do not add up, whatever happened since.

    :return: list of sentences
    """
    run.env.flush_all()
    run.env.invalidate_all()
    parts, whole = ({name: run[name] for name in names} for names in (PARTS, WHOLE))
    found = []
    if sum(parts.values()) != sum(whole.values()):
        found.append(f"{whole} is not {parts}")
    if run.done_count + run.left_count + run.failed_count + run.cancelled_count != (
        run.job_count
    ):
        found.append(f"{run.job_count} jobs are not {parts}")
    return found


def opened(run, name):
    """Return the records that a number of a run opens.

    :param name: of the field
    """
    action = getattr(run, f"action_view_{name.removesuffix('_count')}")()
    model = run.env[action["res_model"]].with_context(**action["context"])
    return model.search(action["domain"])
