"""The network interfaces of an ordinary computer, as its agent reports them."""

from .catalogue import NICS
from .identity import link_local, mac
from .parts import Machine
from .schema import row


def networks(machine: Machine) -> list[dict]:
    """Return a row for each address: an interface with IPv4 and IPv6 has two."""
    wired = _wired(machine)
    if machine.model.kind == "laptop":
        up, down = machine.rng.sample([wired, _wireless(machine)], k=2)
        return [*_with_addresses(machine, up), down, _bluetooth(machine)]
    bridges = [] if machine.windows else [_container_bridge(machine)]
    return _with_addresses(machine, wired) + bridges


def _wired(machine: Machine) -> dict:
    adapter, vendor_bytes = machine.rng.choice(NICS)
    if machine.model.kind == "vm":
        adapter, vendor_bytes = "vmxnet3 Ethernet Adapter", "00:50:56"
    return _interface(machine, adapter, mac(machine.number, 0, vendor_bytes), "1 Gb/s")


def _wireless(machine: Machine) -> dict:
    name, address = "Intel(R) Wi-Fi 6 AX201 160MHz", mac(machine.number, 1, "D4:D2:52")
    return _interface(machine, name, address, "866 Mb/s") | {"TYPE": "Wireless"}


def _bluetooth(machine: Machine) -> dict:
    name = "Bluetooth Device (Personal Area Network)"
    return _interface(machine, name, mac(machine.number, 2, "D4:D2:53"), "3 Mb/s")


def _container_bridge(machine: Machine) -> dict:
    bridge = _interface(machine, "docker0", mac(machine.number, 3, "02:42:AC"), "")
    address = {"IPADDRESS": "172.17.0.1", "IPMASK": "255.255.0.0"}
    return bridge | address | {"STATUS": "Up", "VIRTUALDEV": 1}


def _interface(machine: Machine, adapter: str, address: str, speed: str) -> dict:
    """Return an interface that is not connected."""
    return row(
        "networks",
        DESCRIPTION=adapter,
        TYPE="Ethernet",
        TYPEMIB="ethernetCsmacd",
        SPEED=speed,
        MACADDR=address,
        STATUS="Down",
        MTU="" if machine.windows else "1500",
    )


def ip_address(machine: Machine) -> str:
    subnet, host = divmod(machine.number, 250)
    return f"10.{machine.site.network}.{subnet % 250}.{host + 2}"


def gateway(address: str) -> str:
    return address.rsplit(".", 1)[0] + ".1"


def _with_addresses(machine: Machine, interface: dict) -> list[dict]:
    """Return two rows of a connected interface: one with IPv4, one with IPv6."""
    address = ip_address(machine)
    ipv4 = {
        "STATUS": "Up",
        "IPADDRESS": address,
        "IPMASK": "255.255.255.0",
        "IPGATEWAY": gateway(address),
        "IPSUBNET": address.rsplit(".", 1)[0] + ".0",
        "IPDHCP": gateway(address),
    }
    ipv6 = {
        "STATUS": "Up",
        "IPADDRESS": link_local(interface["MACADDR"]),
        "IPMASK": "ffff:ffff:ffff:ffff::",
    }
    return [interface | ipv4, interface | ipv6]
