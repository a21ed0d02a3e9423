"""Results of measurements: rates, ratios and targets."""

from dataclasses import asdict, dataclass, field
from statistics import median

#: Computers from which on some targets apply. In small fleets, the fixed costs of a run
#: have a higher share.
TARGET_SIZE = 20_000


@dataclass(frozen=True)
class Target:
    """A bound of a ratio: exactly one of both values is set."""

    at_least: float | None = None
    at_most: float | None = None

    def of(self, size):
        """Return this target, or None if the fleet is too small for it."""
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
    """One line of the table: our samples, compared with those of a peer or a limit.

    ``ours`` and ``theirs`` are measured alternately: samples with the same index are a
    pair.
    """

    measurement: str
    #: computers in the fleet
    size: int
    #: what is counted, such as "computers/s"
    unit: str
    ours: list[float]
    theirs: list[float]
    #: short name of the peer or limit
    reference: str
    is_limit: bool = False
    target: Target | None = None
    #: additional results by name
    notes: dict = field(default_factory=dict)

    @property
    def ratio(self):
        """The median of the ratios of the pairs of samples.

        A machine that is busy for a while slows down both samples of a pair.
        """
        pairs = zip(self.ours, self.theirs, strict=True)
        return median(ours / theirs for ours, theirs in pairs)

    @property
    def met(self):
        """Whether the target is met; None without a target."""
        return self.target.met(self.ratio) if self.target else None

    def as_dictionary(self):
        """Return the values of the JSON."""
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
    """Return the rates of samples, from their counts and seconds."""
    return [count / each for count, each in zip(counts, seconds, strict=True)]


def slices(items, number):
    """Split ``items`` into ``number`` consecutive lists of nearly equal length.

    With fewer items than that, there are fewer lists.
    """
    items = list(items)
    bounds = [len(items) * part // number for part in range(number + 1)]
    parts = [items[start:end] for start, end in zip(bounds, bounds[1:], strict=False)]
    return [each for each in parts if each]
