# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import inspect
import re
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo.tests import tagged

from ..lib import connection
from ..lib.connection import decode_row
from ..lib.values import clean_text
from .test_adapter import MAC, AdapterCase

SERIAL = "5CG8250XKJ"
DEVICE_ID = "PC-1-2024-01-15-10-00-01"

#: What to pass to a method, by the name of the parameter.
ARGUMENTS = {
    "after_id": 0,
    "device_ids": {DEVICE_ID},
    "external_id": 1,
    "field": "ocs_serial",
    "identity": {"ocs_serial": SERIAL, "mac_addresses": MAC.format(1)},
    "ids": [1, 2],
    "key": "ocs_serial",
    "limit": 1,
    "macs": {MAC.format(1)},
    "serials": {SERIAL},
    "since": datetime(2000, 1, 1),
    "values": {SERIAL},
}
#: Methods that read names of the database, which have to be as they are stored.
READ_NAMES = {"find_problems", "grants", "is_read_only"}

#: Nobody sees these bytes: control characters, blanks, a space without width.
INVISIBLE = (b"\x00\t ", b" \x01\xe2\x80\x8b\n")
#: The same with bytes that are not UTF-8.
NO_TEXT = (b"\x00 ", b"\xff\xc3 ")


def texts(value):
    """Yield all texts in a result."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from texts(each)


class CleanTextMixin:
    """Mixin with the tests that every method of an adapter returns clean text.

    OCS sends all its texts with what is to be removed around them.
    """

    allow_inherited_tests_method = True
    #: models whose adapters are tested
    models = ("ocs.computer.binding", "ocs.backend")
    arguments = ARGUMENTS
    #: package whose methods are tested
    package = "odoo.addons.connector_ocs."
    #: regular expression of texts that OCS sends as they are: digests
    kept = rb"[0-9a-f]{32}"

    def methods(self, adapter):
        """Return the names of the public methods of an adapter."""
        return [
            name
            for name, method in inspect.getmembers(adapter, inspect.ismethod)
            if not name.startswith("_") and method.__module__.startswith(self.package)
        ]

    def pairs(self):
        """Return pairs of the model of an adapter and the name of a method."""
        found = []
        for model in self.models:
            with self.adapter(model) as adapter:
                found += [(model, name) for name in self.methods(adapter)]
        self.assertTrue(found)
        return [pair for pair in found if pair[1] not in READ_NAMES]

    def call(self, model, name):
        """Call a method on its own session, and return the result."""
        with self.adapter(model) as adapter:
            method = getattr(adapter, name)
            wanted = inspect.signature(method).parameters
            return method(**{each: self.arguments[each] for each in wanted})

    @contextmanager
    def soiled(self, before, after, kept):
        """Make OCS send its texts with something around them, except some."""

        def soil(value):
            is_text = isinstance(value, bytes) and not re.fullmatch(kept, value)
            return before + value + after if is_text else value

        def decode_soiled(row):
            return decode_row({column: soil(value) for column, value in row.items()})

        with mock.patch.object(connection, "decode_row", decode_soiled):
            yield

    def test_what_nobody_sees_is_removed(self):
        for pair in self.pairs():
            with self.subTest(pair=pair):
                clean = self.call(*pair)
                self.assertTrue(clean, "There is nothing in OCS that it could return.")
                with self.soiled(*INVISIBLE, self.kept):
                    self.assertEqual(self.call(*pair), clean)

    def test_bytes_that_are_no_text(self):
        kept = self.kept + b"|[0-9,]+"
        for pair in self.pairs():
            with self.subTest(pair=pair), self.soiled(*NO_TEXT, kept):
                for text in texts(self.call(*pair)):
                    self.assertEqual(text, clean_text(text))


@tagged("post_install", "-at_install")
class TestCleanText(CleanTextMixin, AdapterCase):
    """Text of computers, monitors and of the server."""

    def setUp(self):
        super().setUp()
        for external_id, successor in ((1, 2), (2, 1)):
            self.insert_computer(external_id, f"PC-{external_id}")
            self.insert_rows(external_id)
            self.insert("deleted_equiv", DELETED=external_id + 10, EQUIVALENT=successor)
        self.insert("deleted_equiv", DELETED=1, EQUIVALENT=2)
        self.insert("blacklist_serials", SERIAL="0123456789")
        self.insert("videos", HARDWARE_ID=9, NAME="Card of a deleted computer")

    def _empty(self):
        for table in ("deleted_equiv", "blacklist_serials"):
            self.sql(f"DELETE FROM {table}")
        return super()._empty()

    def insert_rows(self, external_id):
        """Insert a row in each section; two computers have the same values."""
        for table, row in {
            "bios": {"SSN": SERIAL, "SMANUFACTURER": "Dell Inc."},
            "accountinfo": {"TAG": "Paris"},
            "memories": {"CAPACITY": "8192", "CAPTION": "DIMM A"},
            "videos": {"NAME": "Card"},
            "monitors": {"CAPTION": "DELL P2419H", "SERIAL": SERIAL},
            "networks": {"MACADDR": MAC.format(1)},
            "cpus": {"TYPE": "Intel"},
            "storages": {"NAME": "sda"},
            "drives": {"LETTER": "C:"},
            "batteries": {"NAME": "BAT"},
        }.items():
            self.insert(table, HARDWARE_ID=external_id, **row)

    def test_names_are_as_they_are_stored(self):
        """A name of the database that is cleaned would not exist."""
        query = "SELECT DATABASE() AS name"
        with self.soiled(*INVISIBLE, b""), self.adapter("ocs.backend") as adapter:
            stored, clean = adapter._query_as_stored(query), adapter._query(query)
        self.assertEqual(clean, [{"name": self.database}])
        self.assertNotEqual(stored, clean)


@tagged("post_install", "-at_install")
class TestCleanText27(TestCleanText):
    """The same before OCS 2.8."""

    schema = "7028"
    version = "2.7"
