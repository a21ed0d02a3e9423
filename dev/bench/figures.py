"""What was measured: rates, their ratio, and whether that is what it should be."""

from dataclasses import asdict, dataclass, field
from statistics import median

#: Computers from which on a target holds that is not one for small fleets: what each
#: run costs, however small, counts for more there.
TARGET_SIZE = 20_000


@dataclass(frozen=True)
class Target:
    """A bound for a ratio: exactly one of both is given."""

    at_least: float | None = None
    at_most: float | None = None

    def of(self, size):
        """Return this target, or None where the fleet is too small for it."""
        return self if size >= TARGET_SIZE else None

    def met(self, ratio):
        """Return whether ``ratio`` is within the bound."""
        if self.at_least is not None:
            return ratio >= self.at_least
        return ratio <= self.at_most

    def __str__(self):
        if self.at_least is not None:
            return f"≥ {self.at_least:.2f}"
        return f"≤ {self.at_most:.2f}"


@dataclass
class Figure:
    """One line of the table: our samples beside those of a peer or of a limit.

    ``ours`` and ``theirs`` were taken in turns: sample by sample they belong together.
    """

    measurement: str
    #: computers in the fleet
    size: int
    #: what is counted, such as "computers/s"
    unit: str
    ours: list[float]
    theirs: list[float]
    #: what it stands beside, in a few words
    beside: str
    is_limit: bool = False
    target: Target | None = None
    #: anything else that was found out on the way, by name
    notes: dict = field(default_factory=dict)

    @property
    def ratio(self):
        """The median of the ratios of samples that belong together.

        A machine that is busy for a while slows down both of a pair.
        """
        pairs = zip(self.ours, self.theirs, strict=True)
        return median(ours / theirs for ours, theirs in pairs)

    @property
    def met(self):
        """Whether the target is met; None without a target."""
        return self.target.met(self.ratio) if self.target else None

    def as_dictionary(self):
        """Return what JSON is to hold."""
        values = asdict(self)
        values["target"] = str(self.target) if self.target else None
        computed = {
            "ours_median": median(self.ours),
            "theirs_median": median(self.theirs),
            "ratio": self.ratio,
            "met": self.met,
        }
        return values | computed


def per_second(counts, seconds):
    """Return rates: how many of each sample there were in its seconds."""
    return [count / each for count, each in zip(counts, seconds, strict=True)]


def slices(items, number):
    """Return ``items`` cut into ``number`` lists one after the other.

    They are as equal as can be; with fewer items than that, there are fewer lists.
    """
    items = list(items)
    bounds = [len(items) * part // number for part in range(number + 1)]
    cut = [items[start:end] for start, end in zip(bounds, bounds[1:], strict=False)]
    return [each for each in cut if each]
