# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Cases: several machines in use report the same values."""

from .tables import (
    Asset,
    Case,
    Machine,
    add,
    delete,
    mac,
    merge,
    removed,
    report,
    serial,
    uuid,
)

DOCKED = {"serial": "", "uuid": "", "board": ""}


def clone(number, original):
    """Return a machine with the serial number and UUID of another one."""
    return Machine(number, serial=f"CLONE{original}", uuid=uuid(original))


def whitebox(number, first, **values):
    """Return a machine of a manufacturer that reuses serial numbers."""
    return Machine(number, serial=f"WHITEBOX{first}", uuid="", **values)


def docked(number, dock, **values):
    """Return a laptop that only reports the MAC address of its dock."""
    return Machine(number, **DOCKED, mac=mac(dock), model=f"Book {number}", **values)


OLDER_CLONE_DELETED = Case(
    [[add(1, clone(201, 201))], [add(2, clone(202, 201))], [report(1, 2)], [delete(1)]],
    [removed("PC-201"), Asset("PC-202", "CLONE201")],
    along={2: [Asset("PC-201"), Asset("PC-202")]},
)

YOUNGER_CLONE_DELETED = Case(
    [[add(1, clone(211, 211))], [add(2, clone(212, 211))], [report(1, 2)], [delete(2)]],
    [Asset("PC-211", "CLONE211"), removed("PC-212")],
)

CLONES_OF_ONE_DAY = Case(
    [[add(1, clone(221, 221)), add(2, clone(222, 221))], [report(1, 2)]],
    [Asset("PC-221"), Asset("PC-222")],
)

THREE_CLONES = Case(
    [
        [add(number, clone(230 + number, 231)) for number in (1, 2, 3)],
        [report(1, 2, 3)],
        [delete(1)],
        [delete(3)],
    ],
    [removed("PC-231"), Asset("PC-232", "CLONE231"), removed("PC-233")],
    along={2: [removed("PC-231"), Asset("PC-232"), Asset("PC-233")]},
)

ALL_CLONES_DELETED = Case(
    [
        [add(1, clone(241, 241)), add(2, clone(242, 241))],
        [report(1, 2)],
        [delete(1)],
        [delete(2)],
        [add(3, clone(243, 241))],
    ],
    [removed("PC-241"), removed("PC-242"), Asset("PC-243", "CLONE241")],
)

CLONE_COMES_BACK = Case(
    [
        [add(1, clone(251, 251)), add(2, clone(252, 251))],
        [report(1, 2)],
        [delete(1)],
        [add(3, clone(251, 251))],
        [report(2, 3)],
    ],
    [Asset("PC-251"), Asset("PC-252")],
    along={2: [removed("PC-251"), Asset("PC-252", "CLONE251")]},
)

CLONE_IS_REINSTALLED = Case(
    [
        [add(1, clone(261, 261)), add(2, clone(262, 261))],
        [report(1, 2)],
        [
            add(
                3,
                Machine(
                    261,
                    serial="CLONE261",
                    uuid=uuid(261),
                    device_id="PC-261-2026-11-03-09-00-00",
                ),
            ),
            merge(1, 3),
        ],
        [report(2, 3)],
    ],
    [Asset("PC-261"), Asset("PC-262")],
)

OLDER_WHITEBOX_DELETED = Case(
    [
        [add(1, whitebox(271, 271))],
        [add(2, whitebox(272, 271))],
        [report(1, 2)],
        [delete(1)],
    ],
    [removed("PC-271"), Asset("PC-272", "WHITEBOX271")],
)

WHITEBOX_OF_ANOTHER_MODEL = Case(
    [
        [add(1, whitebox(281, 281))],
        [add(2, whitebox(282, 281, maker="ASUS", model="PN50")), report(1)],
        [delete(1)],
    ],
    [removed("PC-281"), Asset("PC-282", "WHITEBOX281")],
    along={1: [Asset("PC-281"), Asset("PC-282")]},
)

SAME_DOCK = Case(
    [
        [add(1, docked(291, 291))],
        [add(2, docked(292, 291))],
        [report(1, 2)],
        [delete(1)],
    ],
    [removed("PC-291"), Asset("PC-292")],
)

DOCK_OF_A_DELETED_LAPTOP = Case(
    [[add(1, docked(301, 301))], [delete(1), add(2, docked(302, 301))]],
    [removed("PC-301"), Asset("PC-302")],
)

DOCK_OF_MANY = Case(
    [
        [add(number, docked(310 + number, 311)) for number in (1, 2, 3)],
        [report(1, 2, 3)],
        [delete(1, 2, 3)],
        [add(4, docked(314, 311))],
    ],
    [*(removed(f"PC-{number}") for number in (311, 312, 313)), Asset("PC-314")],
)

DIFFERENT_UUIDS = Case(
    [
        [add(1, Machine(321, serial="TWICE321"))],
        [add(2, Machine(322, serial="TWICE321"))],
        [delete(1)],
        [add(3, Machine(321, serial="TWICE321"))],
        [delete(2, 3)],
    ],
    [removed("PC-321"), removed("PC-322")],
    along={
        1: [Asset("PC-321"), Asset("PC-322")],
        2: [removed("PC-321"), Asset("PC-322", "TWICE321")],
        3: [Asset("PC-321"), Asset("PC-322")],
    },
)

#: The archived asset has the serial number until another computer reports it.
ARCHIVED_GIVES_BACK = Case(
    [
        [add(1, Machine(331, serial="BACK331"))],
        [delete(1)],
        [add(2, Machine(332, serial="BACK331"))],
        [add(3, Machine(331, serial="BACK331"))],
    ],
    [Asset("PC-331"), Asset("PC-332")],
    questions=1,
    along={
        1: [removed("PC-331", "BACK331")],
        2: [removed("PC-331"), Asset("PC-332", "BACK331")],
    },
)

ARCHIVED_AND_GIVEN_IN_ONE_ROUND = Case(
    [
        [add(1, Machine(341, serial="BACK341"))],
        [delete(1), add(2, Machine(342, serial="BACK341"))],
    ],
    [removed("PC-341"), Asset("PC-342", "BACK341")],
    questions=1,
)

#: A manufacturer gave one UUID to a whole series.
SAME_UUID = Case(
    [
        [add(1, Machine(351)), add(2, Machine(352, uuid=uuid(351)))],
        [report(1, 2)],
        [delete(1)],
        [delete(2), add(3, Machine(353, uuid=uuid(351)))],
    ],
    [
        removed("PC-351", serial(351)),
        removed("PC-352", serial(352)),
        Asset("PC-353", serial(353)),
    ],
)

#: Installed from one image.
SAME_NAME = Case(
    [
        [add(1, Machine(361, "KIOSK")), add(2, Machine(362, "KIOSK"))],
        [report(1, 2)],
        [delete(1)],
    ],
    [removed("KIOSK", serial(361)), Asset("KIOSK", serial(362))],
)

#: Neither of them reports anything but its name and the agent.
SAME_NAME_ONLY = Case(
    [
        [add(1, Machine(371, "KIOSK", device_id="KIOSK-A", mac="", **DOCKED))],
        [add(2, Machine(372, "KIOSK", device_id="KIOSK-B", mac="", **DOCKED))],
        [report(1, 2)],
        [delete(1)],
    ],
    [removed("KIOSK"), Asset("KIOSK")],
)

SERIAL_IN_ANOTHER_CASE = Case(
    [
        [add(1, Machine(381, serial="Twice381x"))],
        [add(2, Machine(382, serial="TWICE381X "))],
        [report(1, 2)],
        [delete(2)],
    ],
    [Asset("PC-381", "Twice381x"), removed("PC-382")],
    along={1: [Asset("PC-381"), Asset("PC-382")]},
)
