# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import random
import string

from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.identifiers import is_blacklisted_serial, plain_serial
from ..lib.placeholders import without_placeholder
from .test_histories import run_examples

#: By the shape that gives them away.
PLACEHOLDERS = {
    "words": """
        To Be Filled By O.E.M.|To be filled by O.E.M|TO BE FILLED BY OEM|Default
        Default string|Default string.|DEFAULT_STRING|System Serial Number
        SystemSerialNumb|System Serial|Chassis Serial Number|Chassis Serial|Board Serial
        Base Board Serial Number|Default Serial|Type2 - Board Serial Number|Asset Tag
        No Asset Tag|Not Specified|not-specified|NotSpecified|Not Applicable
        Not Available|Not Set|not present|Not defined|None|none none|NONE.|N/A|n.a.
        n / a|INVALID|NULL|(null string)|<null>|nil.|EVAL|IATPASS|Tulip Computers
        <OUT OF SPEC>|Out of Range
        O.E.M.|OEM_Serial|Unknown|unknown serial number|UNKNOWN.|empty|no serial
        No Serial Number|No S/N|undefined|#undefined|$SERIAL$|%SERIALNUMBER%|{serial}
        Enter Serial|Serial No.|Serial Number:|S/N: none|To be defined|inconnu
    """,
    "one character": """
        0000|0000000000|0000-0000|1111111|XXXXXXXX|xxxxXXXX|........|----|FFFFFFFF
        NNNNNNN|xxxx-xxxx-xxxx|* * * *|0.0.0.0|(0000)
    """,
    "zeros and ones": "00000001|10000000|01010101|0001-0001",
    "ascending": """
        1234|0123456789|123456789|456789|7890123|1234567890123|234567890|0123-4567-89
        12345678901234567|ABCDEFGH|abcdefghijkl|0123456789ABCDEF|123456789abcdef
        qwertyuiop|ASDFGH|11223344|AABBCCDDEE|1234 5678 90|1234567890ABCDEF
        ABCDE12345|ABCDEF-123456
    """,
    "descending": "4321|98765432|9876543210|0987654321|87654321|FEDCBA98|1098765432",
    "padded": "123456789000|0000012345|12345678900000|00123456789",
    "repeated": "12121212|1212121212|123123123|ABCABCABC|1234512345|1234567812345678",
    "behind a label": """
        S/N 0123456789|S/N: 0000|SN: 1234567890|SN-12345|SN-1234567890|SNR 987654321
        Serial 1234567|Serial No 111111|Serial Number xxxxxx|SerialNumber=0
        System Serial Number 0123456789|SYS-1234567890|SYS-9876543210|BSS-0123456789
        MB-1234567890|BSN12345678901234567|Asset-1234567890|ID 12121212
        Default string 1234567890
    """,
    "regular 32 bits": """
        16843009|0016843009|538976288|0x20202020|20202020|4294967295|0xFFFFFFFF
        0x01010101|0x00000001|0x00000000|808464432|16909060|67305985|0x01020304|FEFEFEFE
    """,
    "known": "SN-123456fvgv3i0b8o5n6n7k|sn-123456FVGV3I0B8O5N6N7K",
    "week of manufacture": "1N/2022|3/2006|34/2018|12/2014",
    "too short": "0|1|NA|A7C| A7C |7|123",
}

REAL = """
    5CG1234XYZ|5cg1234xyz|PF2K9X7Q|PF0ABCDE|C02XL0GJJGH5|CZC1234ABC|CND8235GHF
    VMware-56 4d 02 bb 00 00 40 00-80 00 00 00 00 00 be ef|2UA4120XYZ|USH1234567
    VMware-56 4d 1a 2b 3c 4d 5e 6f-70 81 92 a3 b4 c5 d6 e7|8CG0012AB1|MXL2340B7C
    8315972640|20190417|3023100018|7431226|1042587|31415926|99001234|12112019
    CN0AAA111|CN0ABC12-FCC00-123-4567|CN-0AAA11-74261-5B3-0KTS|/5CG0007XYZ/CN1296300000/
    F9G7H|7FQ2XN3|HBXYZ42|1ABCD23|R90ABCDE|MJ05WXYZ|PC0ABCDE|SPF2K9X7Q|LR0123AB
    4CE0460D0G|ETV7W012345|NXVH1EF00234512A4D3400|DTVQUEG002|TBX0A001234C|MMLXLEE001
    K9N0CX123456|J7LMTF123456|HTPJ900123|BSN2K4R7T9|SNB7K2190|SN1001|SN-0001|S/N 7432
    MT70C9K00107836|G6N0CV12X34557B|FVFXC2ABHV2D|W89091ABCDE|ABCD1234EFGH|0A1B2C3D4E
    7431-2265-9081-4470-1838-5529-61|2961ECF6-7E94-488D-AE0D-E427123078B3|BOARD2|SER1
    A7C2|AAAB|00000002|1000A001|20000000|12340|1235|0123456780|EVAL7431|SERIAL-A|SER0001
    Default string 7|LQX0C0000001|00-14-22-01-23-45|H4ZN100123|0000000000A7|5CG0000001
    ABCD1234|12345001|LENOVO-MB12|00A00|DELL7060|PC12345X|X1Y2Z3|CHASSIS-7|SN12A45678
    Parallels-5D 2C 9F 11 A0 43 4E 77-8B 21 CC 03 5E 10 9A 64|PS0001|NB-2019-0042|1A2B3C
"""


def values_of(table):
    """Return the values of a table: one line after the other, divided by bars."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return "|".join(lines).split("|")


@tagged("post_install", "-at_install")
class TestNames(BaseCase):
    """Placeholders among manufacturers and asset tags."""

    def test_placeholders(self):
        for text in values_of(
            """
            To be filled by O.E.M.|System manufacturer|System Manufacturer|OEM
            Default string|DEFAULT STRING|Not Specified|N/A|Unknown|None|INVALID
            No Asset Tag|Asset-1234567890|ATN12345678901234567|0|00000000|.........
            """
        ):
            with self.subTest(text=text):
                self.assertEqual(without_placeholder(text), "")

    def test_names_and_tags(self):
        for text in values_of(
            """
            Dell Inc.|HP|LENOVO|ASUSTeK COMPUTER INC.|System76|Intel Corporation|LG
            Tulip Computers|TULIP|IT000001|1001|12345|Asset 12345|A-0007|110|7
            """
        ):
            with self.subTest(text=text):
                self.assertEqual(without_placeholder(text), text)


@tagged("post_install", "-at_install")
class TestSerial(BaseCase):
    """Detection of placeholder serial numbers."""

    def _check(self, values, expected):
        for value in values:
            with self.subTest(value=value):
                self.assertIs(bool(is_blacklisted_serial(value)), expected)

    def test_placeholders(self):
        for shape, table in PLACEHOLDERS.items():
            with self.subTest(shape=shape):
                self._check(values_of(table), True)
        self._check((None, False, "", " ", 7, 123, 1234567), True)

    def test_any_spelling(self):
        """Case, blanks and punctuation around and between the words do not matter."""
        words = values_of(PLACEHOLDERS["words"])
        for value in words:
            self._check(
                (
                    f"  {value}  ",
                    value.upper(),
                    value.title(),
                    f"{value}\x00\x00",
                    f"\t{value}\n",
                    f"({value})",
                    value.replace(" ", "_"),
                    value.replace(" ", ""),
                    " ".join(value),
                ),
                True,
            )

    def test_real_serials(self):
        values = values_of(REAL)
        self.assertGreater(len(values), 70)
        self._check(values, False)
        self._check((7431226,), False)

    def test_random_serials_are_real(self):
        """Of serial numbers with at least 7 characters, hardly one has such a shape."""
        rng = random.Random(12)
        for characters in (
            string.digits,
            string.hexdigits.upper(),
            string.ascii_uppercase,
            string.ascii_uppercase + string.digits,
        ):
            for length in range(7, 13):
                with self.subTest(characters=characters, length=length):
                    serials = [
                        "".join(rng.choices(characters, k=length)) for _n in range(3000)
                    ]
                    found = list(filter(is_blacklisted_serial, serials))
                    self.assertLessEqual(len(found), 1, found)

    def test_counters_are_real(self):
        """Manufacturers number devices one after the other."""
        for pattern in ("5CG{:04}XYZ", "PF{:06X}", "CN-{:05}-74261", "83{:06}42"):
            serials = [pattern.format(number) for number in range(5000)]
            found = list(filter(is_blacklisted_serial, serials))
            self.assertLessEqual(len(found), 5, found)

    def test_listed_by_ocs(self):
        listed = frozenset(("placeholder 1", "oddity"))
        for value in ("Placeholder 1", "PLACEHOLDER1", " placeholder  1", "ODDITY"):
            with self.subTest(value=value):
                self.assertFalse(is_blacklisted_serial(value))
                self.assertTrue(is_blacklisted_serial(value, listed))

    def test_normal_form(self):
        for value, expected in (
            (" 5cg1234xyz ", "5CG1234XYZ"),
            ("VMware-56 4d\x00", "VMWARE-564D"),
            ("straße", "STRAßE"),  # as PostgreSQL
            (None, ""),
            (1234, "1234"),
        ):
            with self.subTest(value=value):
                self.assertEqual(plain_serial(value), expected)
                self.assertEqual(plain_serial(expected), expected)

    def test_random_spellings(self):
        @run_examples(st.data(), examples=300)
        def check(data):
            values = [
                v
                for shape in ("words", "ascending")
                for v in values_of(PLACEHOLDERS[shape])
            ]
            value = data.draw(st.sampled_from(values))
            marks = st.sampled_from(["", "", " ", ".", "-", "_", "/", "#", "*"])
            changed = "".join(
                data.draw(st.sampled_from((each.upper(), each.lower())))
                + data.draw(marks)
                for each in value
            )
            self.assertTrue(is_blacklisted_serial(changed), changed)

        check()
