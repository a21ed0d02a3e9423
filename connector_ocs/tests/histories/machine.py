# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from dataclasses import dataclass, field

from dev.fleet.computer import Computer
from dev.fleet.schema import row

#: Serial numbers as technicians and manufacturers enter them: none, placeholders, and
#: numbers that other machines share, in upper or lower case.
SERIALS = ("", "To Be Filled By O.E.M.", "SHARED0001", "shared0001", "SHARED0002")
UUIDS = (
    "",
    "00000000-0000-0000-0000-000000000000",
    "4C4C4544-0042-3510-8052-B4C04F564E31",
)
GRAPHICS = ("Intel UHD Graphics 620", "NVIDIA T1000", "AMD Radeon Pro W5500")
TAGS = ("Paris", "Lyon", "NA")
#: Serial numbers of monitors. Two of the same model have none.
SCREENS = ("CN0AAA111", "CN0BBB222", "CN0CCC333", "", "")


@dataclass
class Machine:
    """A physical computer, whatever OCS knows of it."""

    number: int
    #: of the agent that is installed
    device_id: str = ""
    name: str = ""
    serial: str = ""
    uuid: str = ""
    tag: str = "Paris"
    memory: int = 8192
    graphics: list = field(default_factory=lambda: [GRAPHICS[0]])
    #: positions in SCREENS
    screens: list = field(default_factory=list)
    bios_version: int = 1
    #: its hardware.ID, the newest last
    rows: list = field(default_factory=list)
    #: whether it never shared a serial number or UUID
    is_distinct: bool = True

    def __post_init__(self):
        self.name = f"PC-{self.number}"
        self.serial = f"5CG{self.number:05d}XK"
        self.uuid = f"{self.number:08X}-7A3B-4C5D-8E9F-001122334455"
        self.install_agent(0)

    def install_agent(self, installation):
        """Set the device ID, which contains the time of the installation.

        :param installation: its number, counted over all machines
        """
        minutes = f"{installation // 60:02d}-{installation % 60:02d}"
        self.device_id = f"PC-{self.number}-2024-01-15-10-{minutes}"

    @property
    def row(self):
        """The hardware.ID to which its agent reports (int)."""
        return self.rows[-1]

    def computer(self, hardware_id):
        """Return its first inventory under an ID."""
        hardware = row(
            "hardware",
            ID=hardware_id,
            DEVICEID=self.device_id,
            UUID=self.uuid,
            OSNAME="Debian GNU/Linux 12",
            **self.hardware(),
        )
        tables = {"hardware": [hardware], "accountinfo": [{"TAG": self.tag}]}
        return Computer(hardware_id, tables | self.sections())

    def hardware(self):
        """Return the columns of hardware that depend on the machine."""
        return {"NAME": self.name, "MEMORY": self.memory}

    def sections(self):
        """Return all rows by table; inventories do not contain empty tables."""
        sections = {
            "bios": [self.bios()],
            "memories": [row("memories", CAPACITY=str(self.memory))],
            "videos": [row("videos", NAME=name) for name in self.graphics],
            "networks": [row("networks", MACADDR=f"02:4A:00:00:00:{self.number:02X}")],
            "monitors": [self._monitor(screen) for screen in self.screens],
        }
        return {table: rows for table, rows in sections.items() if rows}

    def bios(self):
        return row(
            "bios",
            SMANUFACTURER="Dell Inc.",
            SMODEL="Latitude 5420",
            SSN=self.serial,
            TYPE="Notebook",
            BVERSION=f"1.{self.bios_version}.0",
        )

    @staticmethod
    def _monitor(screen):
        return row(
            "monitors",
            MANUFACTURER="Dell Inc.",
            CAPTION="DELL P2419H",
            DESCRIPTION="12/2020",
            SERIAL=SCREENS[screen],
        )
