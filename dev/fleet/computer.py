"""An entry of a fleet: all rows in OCS with the same hardware ID."""

from dataclasses import dataclass, field

from .schema import SECTIONS

ROWS_PER_SECTION = 32  # row IDs that are reserved for each computer


@dataclass(slots=True)
class Computer:
    """All rows of a computer, or of an entry that OCS stores like a computer.

    ``tables`` is {table: [row]}, and a row is {column: value}, with the names of OCS.
    Sizes are in MB, speeds in MHz. Dates are naive datetimes in the local time of the
    OCS server, or the text of a zero date. Software is {"NAME", "PUBLISHER", "VERSION"}
    in every schema.

    Groups, manual computers and orphaned rows are entries, too. ``oddity`` is the name
    of the entry's problem, or ''.
    """

    id: int  # hardware.ID, even without a row in `hardware`
    tables: dict[str, list[dict]] = field(default_factory=dict)
    oddity: str = ""

    @property
    def hardware(self) -> dict:
        return self.tables["hardware"][0]

    @property
    def bios(self) -> dict:
        return self.tables["bios"][0]

    @property
    def name(self) -> str:
        return self.hardware["NAME"]

    def number(self) -> "Computer":
        """Set the hardware ID of all rows, and the row IDs of sections.

        The row IDs depend on the hardware ID only.
        """
        for table, rows in self.tables.items():
            for position, item in enumerate(rows):
                if table != "hardware":
                    item["HARDWARE_ID"] = self.id
                if table in SECTIONS:
                    item["ID"] = self.id * ROWS_PER_SECTION + position
        return self
