# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Cases: a hardware.ID is given to another machine, or a machine gets another one."""

from .tables import (
    Asset,
    Case,
    Machine,
    add,
    delete,
    mac,
    mainboard,
    merge,
    removed,
    renumber,
    report,
    serial,
)

ANONYMOUS = {"serial": "", "uuid": "", "board": "", "mac": ""}
REINSTALLED = "2026-11-02-09-00-00"

REUSED_WITH_THE_SAME_NAME = Case(
    [
        [add(1, Machine(11)), add(2, Machine(12, "DESK"))],
        [delete(2), add(2, Machine(13, "DESK", device_id=f"DESK-{REINSTALLED}"))],
    ],
    [
        Asset("PC-11", serial(11)),
        removed("DESK", serial(12)),
        Asset("DESK", serial(13)),
    ],
)

REUSED_BY_A_TWIN = Case(
    [
        [add(1, Machine(21, serial="WHITEBOX21", uuid=""))],
        [
            delete(1),
            add(1, Machine(22, serial="WHITEBOX21", uuid="", model="ProDesk 600")),
        ],
    ],
    [removed("PC-21"), Asset("PC-22", "WHITEBOX21")],
    questions=1,
)

REUSED_BEHIND_THE_SAME_DOCK = Case(
    [
        [add(1, Machine(31, **{**ANONYMOUS, "mac": mac(31)}))],
        [
            delete(1),
            add(1, Machine(32, **{**ANONYMOUS, "mac": mac(31)}, model="ProBook")),
        ],
    ],
    [removed("PC-31"), Asset("PC-32")],
)

REUSED_WITHOUT_IDENTIFIERS = Case(
    [
        [add(1, Machine(41, **ANONYMOUS))],
        [delete(1), add(1, Machine(42, **ANONYMOUS))],
    ],
    [removed("PC-41"), Asset("PC-42")],
)

REUSED_BY_A_MANUAL_ENTRY = Case(
    [
        [add(1, Machine(51, "PROJECTOR", device_id="MANUEL", mac=""))],
        [delete(1), add(1, Machine(52, "COPIER", device_id="MANUEL", mac=""))],
    ],
    [removed("PROJECTOR", serial(51)), Asset("COPIER", serial(52))],
)

REUSED_TWICE = Case(
    [
        [add(1, Machine(61))],
        [delete(1), add(1, Machine(62)), delete(1), add(1, Machine(63))],
        [delete(1), add(1, Machine(61)), add(2, Machine(63))],
    ],
    [Asset("PC-61", serial(61)), Asset("PC-63", serial(63))],
    along={1: [removed("PC-61", serial(61)), Asset("PC-63", serial(63))]},
)

REUSED_AND_BACK_UNDER_ANOTHER_ID = Case(
    [
        [add(1, Machine(71)), add(2, Machine(72))],
        [delete(2), add(2, Machine(73)), add(3, Machine(72))],
    ],
    [Asset(f"PC-{number}", serial(number)) for number in (71, 72, 73)],
)

SWAPPED_IDS = Case(
    [[add(1, Machine(81)), add(2, Machine(82))], [renumber(2, 1)]],
    [Asset("PC-81", serial(81)), Asset("PC-82", serial(82))],
)

RESTORED_WITHOUT_HALF = Case(
    [
        [add(number, Machine(90 + number)) for number in (1, 2, 3, 4)],
        [renumber(4, 3)],
    ],
    [
        *(removed(f"PC-{number}", serial(number)) for number in (91, 92)),
        *(Asset(f"PC-{number}", serial(number)) for number in (93, 94)),
    ],
)

RESTORED_WITH_OTHERS = Case(
    [
        [add(number, Machine(100 + number)) for number in (1, 2, 3)],
        [renumber(3, 1), add(3, Machine(104)), add(4, Machine(105))],
        [add(5, Machine(102))],
    ],
    [Asset(f"PC-{number}", serial(number)) for number in range(101, 106)],
)

RESTORED_TWICE = Case(
    [
        [add(number, Machine(110 + number)) for number in (1, 2, 3)],
        [renumber(3, 1, 2)],
        [renumber(2, 1, 3)],
    ],
    [Asset(f"PC-{number}", serial(number)) for number in (111, 112, 113)],
)

RESTORED_AND_REINSTALLED = Case(
    [
        [add(1, Machine(121)), add(2, Machine(122))],
        [
            renumber(2),
            add(2, Machine(121, device_id=f"PC-121-{REINSTALLED}")),
        ],
    ],
    [Asset("PC-121", serial(121)), Asset("PC-122", serial(122))],
)

OTHER_DEVICE_ID = Case(
    [
        [add(1, Machine(131))],
        [report(1, name="RENAMED", device_id=f"RENAMED-{REINSTALLED}")],
    ],
    [Asset("RENAMED", serial(131), former_name="PC-131")],
)

OTHER_MAINBOARD = Case(
    [[add(1, Machine(141))], [report(1, **mainboard(142))]],
    [Asset("PC-141", serial(142))],
)

REUSED_AFTER_OTHER_MAINBOARD = Case(
    [
        [add(1, Machine(151))],
        [report(1, **mainboard(152))],
        [delete(1), add(1, Machine(153)), add(2, Machine(151, **mainboard(152)))],
    ],
    [Asset("PC-151", serial(152)), Asset("PC-153", serial(153))],
)

REINSTALLED_AT_ONCE = Case(
    [
        [add(1, Machine(161))],
        [add(2, Machine(161, device_id=f"PC-161-{REINSTALLED}")), merge(1, 2)],
    ],
    [Asset("PC-161", serial(161))],
)

REINSTALLED_AND_MERGED_LATER = Case(
    [
        [add(1, Machine(171))],
        [add(2, Machine(171, device_id=f"PC-171-{REINSTALLED}"))],
        [merge(1, 2)],
    ],
    [Asset("PC-171", serial(171)), removed("PC-171")],
    along={1: [Asset("PC-171", serial(171)), Asset("PC-171")]},
)

REINSTALLED_AND_OTHER_ROW_DELETED = Case(
    [
        [add(1, Machine(181))],
        [add(2, Machine(181, device_id=f"PC-181-{REINSTALLED}"))],
        [delete(1)],
    ],
    [Asset("PC-181", serial(181)), removed("PC-181")],
)
