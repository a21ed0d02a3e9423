# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Pure functions with random values: they never raise, and keep what they promise."""

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..components.computer_adapter import OcsComputerAdapter
from ..lib import (
    batteries,
    connection,
    fingerprints,
    grants,
    graphics,
    hardware,
    identifiers,
    identity,
    memory,
    monitors,
    placeholders,
    values,
)
from ..lib.spreadsheets import as_text
from .fuzzing import fuzz, rows, texts
from .fuzzing import values as any_value

SECTIONS = {each.table: each.columns for each in OcsComputerAdapter._base_sections}


@tagged("post_install", "-at_install")
class TestFuzzValues(BaseCase):
    """Values, and text in cells."""

    @fuzz
    @given(st.binary(max_size=40))
    def test_any_bytes_become_text_that_postgresql_stores(self, content):
        text = values.clean_text(connection.decode_row({"NAME": content})["NAME"])
        self.assertNotIn("\x00", text)
        text.encode()  # no surrogates
        self.assertEqual(values.clean_text(text), text)

    @fuzz
    @given(texts)
    def test_text(self, text):
        clean = values.clean_text(text)
        clean.encode()
        self.assertEqual(values.clean_text(clean), clean)

    @fuzz
    @given(any_value)
    def test_numbers(self, value):
        self.assertIn(values.positive_int(value), range(values.OVERFLOW))
        self.assertIn(values.processor_number(value), range(values.MOST_PROCESSORS + 1))

    @fuzz
    @given(texts)
    def test_cells(self, text):
        cell = as_text(text)
        self.assertFalse(cell.startswith(("=", "+", "-", "@", "\t", "\r", "{=")))
        self.assertEqual(as_text(cell), cell)


@tagged("post_install", "-at_install")
class TestFuzzIdentifiers(BaseCase):
    """Identifiers."""

    @fuzz
    @given(texts)
    def test_normal_forms(self, text):
        for plain in (
            identifiers.plain_serial,
            identifiers.plain_mac,
            identifiers.plain_text,
            identifiers.plain_uuid,
        ):
            with self.subTest(plain=plain.__name__):
                found = plain(text)
                self.assertEqual(plain(found), found)
                self.assertEqual(plain(f" {values.clean_text(text)} "), found)

    @fuzz
    @given(texts)
    def test_spelling_does_not_decide(self, text):
        """Case and blanks do not make an identifier of a placeholder."""
        other = f" {values.clean_text(text)} ".translate(
            {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
        )
        for is_placeholder in (
            identifiers.is_blacklisted_serial,
            identifiers.is_blacklisted_mac,
            identifiers.is_blacklisted_uuid,
            placeholders.is_placeholder,
        ):
            with self.subTest(is_placeholder=is_placeholder.__name__):
                self.assertEqual(is_placeholder(other), is_placeholder(text))

    @fuzz
    @given(st.uuids())
    def test_byte_orders(self, uuid):
        swapped = str(type(uuid)(bytes=uuid.bytes_le))
        self.assertEqual(
            identifiers.plain_uuid(swapped), identifiers.plain_uuid(str(uuid))
        )

    @fuzz
    @given(st.binary(min_size=6, max_size=6))
    def test_notations(self, address):
        expected = identifiers.plain_mac(address.hex(":"))
        groups = address.hex()
        for notation in (
            address.hex("-").upper(),
            f"{groups[:4]}.{groups[4:8]}.{groups[8:]}",
            groups,
            ":".join(f"{each:x}" for each in address),
        ):
            self.assertEqual(identifiers.plain_mac(notation), expected)

    @fuzz
    @given(*[st.fixed_dictionaries(dict.fromkeys(identity.EVIDENCE, texts))] * 2)
    def test_comparison(self, one, other):
        blacklist = identity.Blacklist()
        compared = identity.compare(one, other, blacklist)
        self.assertEqual(identity.compare(other, one, blacklist), compared)
        itself = identity.compare(one, one, blacklist)
        self.assertFalse(itself.different)
        self.assertFalse(identity.is_replaced(one, one, blacklist))


@tagged("post_install", "-at_install")
class TestFuzzRows(BaseCase):
    """Rows of sections."""

    @fuzz
    @given(rows(SECTIONS["memories"]))
    def test_memory(self, found):
        found = values.as_texts(found)
        summary = memory.memory_summary(found)
        sizes = Counter(
            memory.capacity_mb(row["CAPACITY"])
            for row in found
            if memory.is_memory(row)
        )
        total = sum(size * number for size, number in sizes.items())
        parts = summary.removesuffix("MB").split("MB + ") if summary else []
        told = sum(
            int(n) * int(size) for n, size in (each.split("x") for each in parts)
        )
        self.assertEqual(told, total)

    @fuzz
    @given(rows(SECTIONS["videos"]), rows(SECTIONS["networks"]))
    def test_lists(self, videos, networks):
        self.assertIsInstance(graphics.graphics_summary(videos), str)
        for address in identifiers.mac_addresses(networks):
            self.assertEqual(identifiers.plain_mac(address), address)

    @fuzz
    @given(rows(SECTIONS["monitors"]))
    def test_monitors(self, found):
        described = monitors.monitor_values(found)
        for each in described:
            self.assertFalse(monitors.are_different(each, each))
            self.assertEqual(monitors.complete(each, each), each)

    @fuzz
    @given(
        st.fixed_dictionaries(
            {
                table: rows(SECTIONS[table])
                for table, _convert in hardware.SECTIONS.values()
            }
        ),
        st.randoms(use_true_random=False),
    )
    def test_components(self, computer, random):
        """They do not depend on the order of the rows, except for graphics."""
        found = hardware.parts(computer)
        shuffled = {
            table: each if table == "videos" else random.sample(each, len(each))
            for table, each in computer.items()
        }
        self.assertEqual(hardware.parts(shuffled), found)
        for parts in found.values():
            Counter(map(hardware.identity, parts))  # hashable
            for part in parts:
                self.assertLess(part.get("size_mb", 0), 2**31)

    @fuzz
    @given(rows(SECTIONS["batteries"]))
    def test_batteries(self, found):
        for row in values.as_texts(found):
            self.assertIsInstance(batteries.battery(row), dict)


@tagged("post_install", "-at_install")
class TestFuzzParsers(BaseCase):
    """Digests and privileges."""

    @fuzz
    @given(*[st.lists(st.one_of(st.none(), texts), min_size=1, max_size=3)] * 2)
    @example(["a", "b"], ["a,b"])
    @example([None], [""])
    @example(["-"], [None])
    def test_digests(self, one, other):
        one, other = ([_clean(each) for each in row] for row in (one, other))
        digests = map(fingerprints.row_digest, (one, other))
        self.assertEqual(len(set(digests)) == 1, one == other)

    @fuzz
    @given(texts, texts)
    def test_privileges(self, database, text):
        self.assertIsInstance(grants.parse(text), grants.Grant | None)
        quoted = database.replace("`", "``")
        found = grants.parse(f"GRANT SELECT, UPDATE (a, b) ON `{quoted}`.* TO `x`@`%`")
        self.assertEqual(found.database, database)
        self.assertEqual(found.privileges, {"SELECT", "UPDATE"})


def _clean(value):
    return None if value is None else values.clean_text(value)
