"""One entry of a fleet: all the rows that OCS holds under one hardware id."""

from dataclasses import dataclass, field

from .schema import SECTIONS

ROWS_PER_SECTION = 32  # room for the explicit row ids of one computer


@dataclass(slots=True)
class Computer:
    """All of one computer, or of what OCS keeps as if it were one.

    ``tables`` is {table: [row]} and a row {column: value}, with the names of OCS. Sizes
    are MB, speeds MHz; dates are naive datetimes in the OCS server's local time, or the
    text of a zero date. Software is {"NAME", "PUBLISHER", "VERSION"} for every schema.

    A group, a manual computer and rows left without a computer are entries too.
    ``oddity`` names what is wrong with this one; with most it is ''.
    """

    id: int  # hardware.ID, also where `hardware` has no row
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
        """Give the rows their hardware id, and those of a section ids of their own.

        They depend on nothing but the computer's id.
        """
        for table, rows in self.tables.items():
            for position, item in enumerate(rows):
                if table != "hardware":
                    item["HARDWARE_ID"] = self.id
                if table in SECTIONS:
                    item["ID"] = self.id * ROWS_PER_SECTION + position
        return self
