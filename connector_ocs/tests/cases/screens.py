# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Cases: monitors that move, and monitors that share a serial number."""

from .tables import (
    Asset,
    Case,
    Machine,
    Screen,
    add,
    delete,
    merge,
    removed,
    renumber,
    report,
    serial,
)

ACER = {"maker": "Acer Technologies", "caption": "K242HYL"}
SECOND = Screen("CN0SECOND", caption="DELL U2720Q")


def desks(*machines):
    """Return the first inventories of machines, whose IDs are their last digits."""
    return [add(machine.number % 10, machine) for machine in machines]


def with_monitor(number, *screens):
    return Machine(number, screens=screens)


def shared(number, count, screen):
    """Return a case: machines in use report one monitor, one after the other."""
    numbers = range(number + 1, number + count + 1)
    days = [desks(*(with_monitor(each, screen) for each in numbers))]
    days += [[report(each % 10)] for each in [*numbers, *reversed(numbers)]]
    name = screen.caption
    return Case(days, [Asset(f"PC-{each}", serial(each), (name,)) for each in numbers])


SHARED = shared(800, 3, Screen("TBX0A001234C", **ACER, made="1N/2022"))
SHARED_BY_FOUR = shared(810, 4, Screen("LQX0C0000001", made="40/2014"))
DEFAULT_IN_DECIMAL = shared(820, 3, Screen("33686018"))
DEFAULT_IN_HEXADECIMAL = shared(830, 3, Screen("0x01010101"))
DEFAULT_OF_ZEROS = shared(840, 3, Screen("00000000"))

#: The third computer is new, the others have been in use for days.
SHARED_WITH_A_NEW_ONE = Case(
    [
        desks(with_monitor(851, Screen("ACR851", **ACER))),
        desks(with_monitor(852, Screen("ACR851", **ACER))),
        [report(1), report(2)],
        desks(with_monitor(853, Screen("ACR851", **ACER))),
        [report(1), report(2), report(3)],
    ],
    [Asset(f"PC-{each}", serial(each), ("K242HYL",)) for each in (851, 852, 853)],
    moves=1,  # until the first computer reports the monitor again
)

MOVED = Case(
    [
        desks(
            with_monitor(861, Screen("CN0861A"), SECOND._replace(serial="CN0861B")),
            with_monitor(862),
        ),
        [
            report(1, screens=(Screen("CN0861A"),)),
            report(2, screens=(SECOND._replace(serial="CN0861B"),)),
        ],
    ],
    [
        Asset("PC-861", serial(861), ("CN0861A",)),
        Asset("PC-862", serial(862), ("CN0861B",)),
    ],
    moves=1,
)

IDENTICAL_ROWS = Case(
    [desks(with_monitor(871, Screen("CN0871A"), Screen("CN0871A")))],
    [Asset("PC-871", serial(871), ("CN0871A",))],
)

OF_A_DELETED_COMPUTER = Case(
    [
        desks(with_monitor(891, Screen("CN0891A"))),
        [delete(1)],
        desks(with_monitor(892, Screen("CN0891A"))),
    ],
    [removed("PC-891", serial(891)), Asset("PC-892", serial(892), ("CN0891A",))],
    moves=1,
)

#: The monitor is a part of the computer, and has its serial number.
ALL_IN_ONE = Case(
    [desks(Machine(901, screens=(Screen(serial(901), caption="AIO PANEL"),)))],
    [Asset("PC-901", serial(901), ("AIO PANEL",))],
)

SHARED_BY_ONE_THAT_IS_DELETED = Case(
    [
        desks(*(with_monitor(each, Screen("ACR911", **ACER)) for each in (911, 912))),
        [report(1), report(2)],
        [delete(1)],
    ],
    [
        removed("PC-911", serial(911), screens=("K242HYL",)),
        Asset("PC-912", serial(912), ("ACR911",)),
    ],
)


def panels(*numbers):
    """Return the first inventories of laptops, whose panels have no serial number."""
    return desks(
        *(with_monitor(each, Screen("", caption=f"PANEL{each}")) for each in numbers)
    )


PANELS_ON_A_NEW_SERVER = Case(
    [panels(921, 922, 923), [renumber(3, 1, 2)]],
    [Asset(f"PC-{each}", serial(each), (f"PANEL{each}",)) for each in (921, 922, 923)],
)

PANEL_UNDER_A_REUSED_ID = Case(
    [panels(931), [delete(1), *panels(941)]],
    [
        removed("PC-931", serial(931), screens=("PANEL931",)),
        Asset("PC-941", serial(941), ("PANEL941",)),
    ],
)

PANEL_OF_A_REINSTALLED_LAPTOP = Case(
    [
        panels(951),
        [
            add(
                2,
                Machine(
                    951,
                    device_id="PC-951-2026-11-02-09-00-00",
                    screens=(Screen("", caption="PANEL951"),),
                ),
            ),
            merge(1, 2),
        ],
    ],
    [Asset("PC-951", serial(951), ("PANEL951",))],
)
