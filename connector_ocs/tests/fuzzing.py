# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ..lib.values import clean_text
from .scale import scale

#: Settings of the tests with random values; the same values each time.
fuzz = settings(
    max_examples=scale(1000, 100),
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

#: The same for tests on a database server.
fuzz_sql = settings(fuzz, max_examples=scale(300, 20))

#: What agents report, what breaks parsers, and any other text.
texts = st.one_of(
    st.sampled_from(
        (
            *("", " ", "0", "-1", "No", "None", "Default string", "8 GB"),
            *("2147483647", "²", "٣", "1e9", "0x10", "9" * 400),
            *("00:1B:21:AA:BB:01", "::1", "%", "_", "\x00", "\ufffd", "\ud800"),
            *("\u202e", "=1+1", "<b>", "`", "'", "\\", "$$"),
        )
    ),
    st.text(st.characters(), max_size=40),
    st.text("0123456789ABCDEFabcdef:-. {}", max_size=40),
)

#: Values of a row as the adapters return them.
values = st.one_of(texts.map(clean_text), st.integers(-(2**31), 2**63))


def rows(columns):
    """Return a strategy of lists of rows with random values.

    :param columns: names of the columns
    """
    return st.lists(st.fixed_dictionaries(dict.fromkeys(columns, values)), max_size=5)
