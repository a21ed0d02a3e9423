# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Recognition of placeholders by their shape, in any spelling.

Manufacturers, firmware and agents fill an unknown number with words ("To be filled by
O.E.M."), with characters that follow one another (123456789) or with one that is
repeated, often behind a label ("S/N 0123456789").
"""

import re
import unicodedata
from functools import lru_cache

#: Words of placeholders, and of labels in front of them.
WORDS = tuple(
    """
    access accessible all and applicable as asn asset assigned atn aucun available
    base baseboard be bios blank board bsn bss by change chassis computer computers
    connected csn data default defined desconocido desktop device display dummy
    empty enclosure enter entered error eval evaluation example failed false field
    fill filled for found generic here iatpass id implemented in inconnu info
    information initialized input insert installed invalid is keine known laptop
    machine mainboard manufacturer mb me missing monitor motherboard msn na name nan
    nicht nil no non none not notebook nothing nr null num numb number nummer o oem
    of or out part placeholder present product programmed provided psn range
    readable recorded replace reported required reserved sample serial serialized
    serialnumb series server set settable sku sn snr spec specification specified
    ssn standard string supported sys system tag tba tbc tbd test text the this to
    todo tulip type1 type2 type3 unassigned unavailable unbekannt undef undefined
    unfilled uninitialized unknow unknown unkown unset unspecified update uuid valid
    value version virtual void without your
    """.split()
)

#: Manufacturers whose names consist of such words.
_MANUFACTURERS = frozenset({"tulip", "tulipcomputers"})

#: Shorter numbers may be asset tags that somebody assigned: 1001, Asset 12345.
_LONG_NUMBER = 8

#: Order of characters that somebody typed without a number at hand.
_ROWS = (
    "0123456789",
    "0123456789abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)
#: Shorter texts are no run, nor is a shorter rest behind words: it may be a counter.
SHORTEST_RUN = 4
SHORTEST_REST = 5
#: Differences between consecutive bytes: 01010101, 01020304, 04030201, 00112233.
_STEPS = ({0}, {1}, {255}, {0x11})


def reduce_text(text):
    """Return the letters and digits of a text, in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, decomposed))


@lru_cache(maxsize=10000)
def is_placeholder(text):
    """Return whether a text is no number of a single device.

    :param text: str
    """
    reduced = reduce_text(text)
    hexadecimal = re.fullmatch(r"0x([0-9a-f]+)", reduced)
    if hexadecimal:
        reduced = hexadecimal[1]
    return (
        len(set(reduced)) < 2
        or set(reduced) <= {"0", "1"}
        or is_sequence(reduced)
        or any(map(_is_meaningless, _behind_words(reduced)))
    )


def without_placeholder(text):
    """Return the name of a manufacturer, or an asset tag; '' if it is a placeholder.

    :param text: such as bios.SMANUFACTURER or bios.ASSETTAG
    """
    reduced = reduce_text(text)
    digits = "".join(filter(str.isdecimal, reduced))
    is_short = digits.strip("0") and len(digits) < _LONG_NUMBER
    is_meant = is_short or reduced in _MANUFACTURERS
    return text if is_meant or not is_placeholder(text) else ""


def is_sequence(text):
    """Return whether the characters of a text follow a rule.

    :param text: letters and digits in lower case
    """
    return (
        len(text) >= SHORTEST_RUN
        and (_is_run(text) or _is_series_of_runs(text) or _is_repetition(text))
        or _has_regular_bytes(text)
    )


def is_progression(data):
    """Return whether bytes are all equal, or differ by the same small step."""
    steps = {
        (after - before) % 256 for before, after in zip(data, data[1:], strict=False)
    }
    return steps in _STEPS


def _is_meaningless(rest):
    """Return whether nothing but a placeholder follows the words of a text."""
    if len(rest) < SHORTEST_REST:
        return bool(re.fullmatch("0*|x{2,}", rest))
    return is_sequence(rest)


def _behind_words(text):
    """Yield what follows the words at the beginning of a text, however it is split."""
    found, split = {text}, set()
    while found - split:
        rest = (found - split).pop()
        split.add(rest)
        if rest.startswith(WORDS):
            rests = {rest.removeprefix(word) for word in WORDS} - {rest}
            yield from rests - found
            found |= rests


def _is_run(text):
    """Return whether characters ascend or descend, each one also if it is doubled."""
    if len(text) >= 2 * SHORTEST_RUN and text[::2] == text[1::2]:
        text = text[::2]
    return any(
        each in row * (len(text) // len(row) + 2)
        for row in _ROWS
        for each in (text, text[::-1])
    )


def _is_series_of_runs(text):
    """Return whether letters and digits are runs: 1234567890ABCDEF, 123456789000."""
    parts = re.findall("[a-z]+|0{2,}|[0-9]+?(?=00|[a-z]|$)", text)
    runs = [part for part in parts if part.strip("0")]
    return len(parts) > 1 and all(
        len(part) >= SHORTEST_REST and _is_run(part) for part in runs
    )


def _is_repetition(text):
    """Return whether a few characters, or a run, are repeated: 12121212, 12341234."""
    size = next(n for n in range(1, len(text) + 1) if text[n:] == text[: len(text) - n])
    if size <= 3:
        return size == 1 or len(text) >= max(8, 3 * size)
    return len(text) >= 2 * size and _is_run(text[:size])


def _has_regular_bytes(text):
    """Return whether a text is a regular number of 32 bits.

    Monitors without serial number have one in their EDID that an agent writes in
    decimal (16843009) or hexadecimal digits (01010101).
    """
    numbers = set()
    if re.fullmatch(r"[0-9]{4,10}", text):
        numbers.add(int(text))
    if re.fullmatch(r"[0-9a-f]{8}", text):
        numbers.add(int(text, 16))
    return any(
        is_progression(number.to_bytes(4, "big"))
        for number in numbers
        if number < 2**32
    )
