# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Cases: values change from one machine to another."""

from .tables import (
    Asset,
    Case,
    Machine,
    Screen,
    add,
    delete,
    mac,
    mainboard,
    removed,
    report,
    serial,
    uuid,
)

EIZO = {"maker": "EIZO", "caption": "EV2451"}


def bought(*numbers):
    """Return the first inventories of some machines."""
    return [add(number % 10, Machine(number)) for number in numbers]


MAINBOARDS = Case(
    [bought(401, 402), [report(1, **mainboard(402)), report(2, **mainboard(401))]],
    [Asset("PC-401", serial(402)), Asset("PC-402", serial(401))],
)

SERIALS = Case(
    [bought(411, 412), [report(1, serial=serial(412)), report(2, serial=serial(411))]],
    [Asset("PC-411", serial(412)), Asset("PC-412", serial(411))],
)

THREE_IN_A_CIRCLE = Case(
    [
        bought(421, 422, 423),
        [
            report(1, serial=serial(422), uuid=uuid(422)),
            report(2, serial=serial(423), uuid=uuid(423)),
            report(3, serial=serial(421), uuid=uuid(421)),
        ],
    ],
    [
        Asset("PC-421", serial(422)),
        Asset("PC-422", serial(423)),
        Asset("PC-423", serial(421)),
    ],
)

SWAPPED_BACK = Case(
    [
        bought(431, 432),
        [report(1, **mainboard(432)), report(2, **mainboard(431))],
        [report(1, **mainboard(431)), report(2, **mainboard(432))],
    ],
    [Asset("PC-431", serial(431)), Asset("PC-432", serial(432))],
)

ONE_OF_TWO_IS_LATE = Case(
    [bought(441, 442), [report(1, **mainboard(442))], [report(2, **mainboard(441))]],
    [Asset("PC-441", serial(442)), Asset("PC-442", serial(441))],
)

HANDED_ON = Case(
    [
        bought(451, 452, 453),
        [
            report(1, serial=serial(452), uuid=uuid(452)),
            report(2, serial=serial(453), uuid=uuid(453)),
            report(3, serial=serial(454), uuid=uuid(454)),
        ],
    ],
    [
        Asset("PC-451", serial(452)),
        Asset("PC-452", serial(453)),
        Asset("PC-453", serial(454)),
    ],
)

OF_A_DELETED_ONE = Case(
    [
        bought(461, 462),
        [report(1, serial=serial(462), uuid=uuid(462)), delete(2)],
    ],
    [Asset("PC-461", serial(462)), removed("PC-462")],
)

ADDRESSES = Case(
    [bought(471, 472), [report(1, mac=mac(472)), report(2, mac=mac(471))]],
    [Asset("PC-471", serial(471)), Asset("PC-472", serial(472))],
)

NAMES = Case(
    [bought(481, 482), [report(1, name="PC-482"), report(2, name="PC-481")]],
    [
        Asset("PC-482", serial(481), former_name="PC-481"),
        Asset("PC-481", serial(482), former_name="PC-482"),
    ],
)

MONITORS = Case(
    [
        [
            add(1, Machine(491, screens=(Screen("CN0491A"),))),
            add(2, Machine(492, screens=(Screen("CN0492B", **EIZO),))),
        ],
        [
            report(1, screens=(Screen("CN0492B", **EIZO),)),
            report(2, screens=(Screen("CN0491A"),)),
        ],
    ],
    [
        Asset("PC-491", serial(491), ("CN0492B",)),
        Asset("PC-492", serial(492), ("CN0491A",)),
    ],
    moves=2,
)
