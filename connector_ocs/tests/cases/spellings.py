# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Cases: one value in several spellings, and values that identify nothing."""

from .ids import ANONYMOUS, REINSTALLED
from .tables import Asset, Case, Machine, add, delete, mac, removed, report, serial

#: A UUID in both byte orders.
ORDERS = (
    "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB",
    "403F2D1B-6B5A-8D7C-9EAF-0123456789AB",
)


def orders(number):
    """Return a UUID of its own in both byte orders."""
    return [f"{each[:-4]}{number:04d}" for each in ORDERS]


def placeholders(number, *texts):
    """Return a case: a machine reports a placeholder, then one after the other.

    :param texts: serial numbers, spelled in different ways
    """
    machines = [
        Machine(number + position, **{**ANONYMOUS, "serial": text, "board": text})
        for position, text in enumerate(texts)
    ]
    days = [[add(1, machines[0])]]
    for position, machine in enumerate(machines[1:], 1):
        days.append([delete(position), add(position + 1, machine)])
    *former, last = (machine.name for machine in machines)
    return Case(days, [*map(removed, former), Asset(last)])


def changing(number, *texts):
    """Return a case: the placeholder of one machine has another spelling each day."""
    days = [[add(1, Machine(number, serial=texts[0]))]]
    days += [[report(1, serial=text)] for text in texts[1:]]
    return Case(days, [Asset(f"PC-{number}")])


def reinstalled(number, name, **pairs):
    """Return a case: a machine reports one identifier, then in another spelling.

    :param name: of the machine after it was reinstalled
    :param pairs: the identifier, {column: (text, other text)}
    """
    first = {column: texts[0] for column, texts in pairs.items()}
    other = {column: texts[1] for column, texts in pairs.items()}
    device_id = f"{name}-{REINSTALLED}"
    found = other.get("serial", "")
    return Case(
        [
            [add(1, Machine(number, **{**ANONYMOUS, **first}))],
            [
                delete(1),
                add(2, Machine(number, name, device_id=device_id, **ANONYMOUS | other)),
            ],
        ],
        [
            Asset(
                name,
                found,
                former_name="" if name == f"PC-{number}" else f"PC-{number}",
            )
        ],
    )


OEM = placeholders(501, "To Be Filled By O.E.M.", "to be filled by OEM", "To be filled")
DEFAULT = placeholders(511, "Default string", "DEFAULT STRING.", "Default")
DIGITS = placeholders(521, "S/N 0123456789", "0123456789", "SN: 1234567890")
COUNTING = placeholders(531, "98765432", "9876543210", "123456789")
ONE_BYTE = placeholders(541, "16843009", "0x01010101", "01010101")
BOARD = placeholders(551, "System Serial Number", "SystemSerialNumber", "System serial")
NOTHING = placeholders(561, "Not Specified", "not  specified", "None", "unknown")

CHANGING = changing(
    571, "Default string", "default string", "DEFAULT  STRING", "Default"
)
CHANGING_DIGITS = changing(581, "0123456789", "S/N 0123456789", "98765432", "16843009")

PHONES = Case(
    [
        [
            add(
                1,
                Machine(
                    591,
                    "Phone of Ann",
                    "unknown",
                    "",
                    "02:00:00:00:00:00",
                    "",
                    maker="samsung",
                    model="SM-A515F",
                ),
            )
        ],
        [
            delete(1),
            add(
                2,
                Machine(
                    592,
                    "Phone of Bob",
                    "unknown",
                    "",
                    "02:00:00:00:00:00",
                    "",
                    maker="samsung",
                    model="SM-A525F",
                ),
            ),
        ],
    ],
    [removed("Phone of Ann"), Asset("Phone of Bob")],
)


def address(number, text):
    """Return a case: an address that identifies nothing, of two machines."""
    first, second = (
        Machine(number + position, **{**ANONYMOUS, "mac": text}) for position in (0, 1)
    )
    return Case(
        [[add(1, first)], [delete(1), add(2, second)]],
        [removed(first.name), Asset(second.name)],
    )


LOCAL_ADDRESS = address(601, "06:11:22:33:44:55")
MULTICAST_ADDRESS = address(611, "01:00:5E:00:00:FB")

UUID_IN_LOWER_CASE = reinstalled(
    621, "LINUX-621", uuid=(orders(621)[0], orders(621)[0].lower())
)
UUID_IN_BRACES = reinstalled(
    631, "LINUX-631", uuid=(orders(631)[0], f"{{{orders(631)[0]}}}")
)
UUID_WITHOUT_DASHES = reinstalled(
    641, "LINUX-641", uuid=(orders(641)[0], orders(641)[0].replace("-", ""))
)
UUID_IN_THE_OTHER_ORDER = reinstalled(651, "LINUX-651", uuid=orders(651))
SERIAL_IN_LOWER_CASE = reinstalled(
    661, "PC-661", serial=(serial(661), serial(661).lower())
)
SERIAL_WITH_BLANKS = reinstalled(671, "PC-671", serial=(f"{serial(671)} ", serial(671)))
MAC_WITH_DASHES = reinstalled(681, "PC-681", mac=(mac(681), mac(681).replace(":", "-")))
MAC_IN_LOWER_CASE = reinstalled(691, "PC-691", mac=(mac(691), mac(691).lower()))
MAC_WITH_DOTS = reinstalled(701, "PC-701", mac=(mac(701), "98fa.9b00.02bd"))

#: Two systems on one machine, each with an agent.
DUAL_BOOT = Case(
    [
        [add(1, Machine(711, uuid=orders(711)[0]))],
        [
            add(
                2,
                Machine(
                    711,
                    "LINUX-711",
                    uuid=orders(711)[1],
                    device_id=f"LINUX-711-{REINSTALLED}",
                ),
            )
        ],
        [report(1)],
        [report(2)],
        [report(1, 2)],
    ],
    [Asset("PC-711", serial(711)), Asset("LINUX-711")],
    along={
        day: [Asset("PC-711", serial(711)), Asset("LINUX-711")] for day in (1, 2, 3, 4)
    },
)

CHANGING_ORDER = Case(
    [
        [add(1, Machine(721, uuid=orders(721)[0]))],
        *([report(1, uuid=orders(721)[order])] for order in (1, 0, 1)),
    ],
    [Asset("PC-721", serial(721))],
)
