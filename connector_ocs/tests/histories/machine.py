# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from dataclasses import dataclass, field

from dev.fleet.computer import Computer
from dev.fleet.schema import row

#: Few machines, so that their changes interact.
MAX_MACHINES = 5
#: Placeholders in several spellings.
PLACEHOLDERS = ("To Be Filled By O.E.M.", "to be filled by OEM", "S/N 0123456789")
#: Serial numbers as technicians and manufacturers enter them: none, placeholders, and
#: numbers that other machines share, in upper or lower case.
SERIALS = ("", *PLACEHOLDERS, "SHARED0001", "shared0001", "SHARED0002")
UUIDS = (
    "",
    "00000000-0000-0000-0000-000000000000",
    "4C4C4544-0042-3510-8052-B4C04F564E31",
)
#: Addresses of the network adapters of docks.
DOCKS = ("00:E0:4C:D0:CC:01", "00:E0:4C:D0:CC:02")
GRAPHICS = ("Intel UHD Graphics 620", "NVIDIA T1000", "AMD Radeon Pro W5500")
TAGS = ("Paris", "Lyon", "NA")
#: Serial numbers of monitors. Two of the same model have none.
SCREENS = ("CN0AAA111", "CN0BBB222", "CN0CCC333", "", "")


def normal(text):
    """Return a serial number or UUID in a form in which equal ones are equal."""
    plain = text.strip().casefold()
    return min(plain, in_other_order(plain)) if plain.count("-") == 4 else plain


def in_other_order(uuid):
    """Return a UUID with the opposite byte order, as another agent reports it."""
    *swapped, fourth, last = uuid.split("-")
    swapped = [bytes.fromhex(part)[::-1].hex() for part in swapped]
    text = "-".join((*swapped, fourth, last))
    return text.upper() if uuid.isupper() else text


#: What identifies nothing, in normal form.
NO_IDENTIFIERS = {normal(text) for text in ("", *PLACEHOLDERS, UUIDS[1])}


@dataclass
class Machine:
    """A physical computer, whatever OCS knows of it."""

    number: int
    #: of the agent that is installed
    device_id: str = ""
    name: str = ""
    serial: str = ""
    uuid: str = ""
    mac: str = ""
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
    #: serial numbers and UUIDs that it has reported, see :func:`normal`
    identifiers: set = field(default_factory=set)
    #: serial numbers of the monitors that it has reported
    screens_ever: set = field(default_factory=set)

    def __post_init__(self):
        self.name = f"PC-{self.number}"
        self.serial = f"5CG{self.number:05d}XK"
        self.uuid = f"{self.number:08X}-7A3B-4C5D-8E9F-001122334455"
        self.mac = self.own_mac
        self.install_agent(0)

    @property
    def own_mac(self):
        return f"98:FA:9B:00:00:{self.number:02X}"

    def is_like(self, other):
        """Return whether it has ever reported an identifier of another machine."""
        return bool(self.identifiers & other.identifiers)

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
        self._remember()
        sections = {
            "bios": [self.bios()],
            "memories": [row("memories", CAPACITY=str(self.memory))],
            "videos": [row("videos", NAME=name) for name in self.graphics],
            "networks": [row("networks", MACADDR=self.mac)],
            "monitors": [self._monitor(screen) for screen in self.screens],
        }
        return {table: rows for table, rows in sections.items() if rows}

    def _remember(self):
        """Remember the identifiers and monitors that it reports now."""
        reported = {normal(self.serial), normal(self.uuid)}
        self.identifiers |= reported - NO_IDENTIFIERS
        self.screens_ever |= {self._monitor(each)["SERIAL"] for each in self.screens}

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
